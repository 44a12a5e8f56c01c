// Reads .gexf and .graphml files with graphology and prints what it then holds.
const fs = require("fs");
const [modules, ...files] = process.argv.slice(2);
const { MultiDirectedGraph } = require(modules + "/graphology");
const readers = {
  gexf: require(modules + "/graphology-gexf"),
  graphml: require(modules + "/graphology-graphml"),
};
const graphs = files.map((file) => {
  const reader = readers[file.split(".").pop()];
  return reader.parse(MultiDirectedGraph, fs.readFileSync(file, "utf8")).export();
});
process.stdout.write(JSON.stringify(graphs));
