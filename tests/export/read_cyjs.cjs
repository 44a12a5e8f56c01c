// Loads .cyjs files with Cytoscape, headless, and prints what it then holds.
const fs = require("fs");
const [modules, ...files] = process.argv.slice(2);
const cytoscape = require(modules + "/cytoscape");
const graphs = files.map((file) => {
  const given = JSON.parse(fs.readFileSync(file, "utf8"));
  const cy = cytoscape({ headless: true, elements: given.elements, layout: { name: "preset" } });
  return {
    nodes: cy.nodes().map((one) => ({ data: one.data(), position: one.position() })),
    edges: cy.edges().map((one) => ({
      data: one.data(),
      source: one.source().id(),
      target: one.target().id(),
    })),
  };
});
process.stdout.write(JSON.stringify(graphs));
