"""SPARQL updates made by dice: every form, kept and own graphs, in many spellings."""

import random

BASE = "http://x.example/"
KEPT = [f"{BASE}article/1", f"{BASE}graph/view", f"{BASE}graph/judgements", f"{BASE}article/2#a"]
OWN = ["http://me.example/g", f"{BASE}graphs/mine", "urn:x:y", f"{BASE}articles", "http://é.x/ü"]

_GAPS = (" ", "\n", "\t", " # DROP ALL ; }\n", " #\n")
_VALUES = ('"x"', "'''}} ; DROP ALL ; '''", '"\\"} #"@en', "-1.5e3", "<a:b>", "true", "?o")
_WHERE = "{ ?s ?p ?o . OPTIONAL { GRAPH ?g { ?s ?p ?o FILTER(?s<?o || ?g>?p) } } }"


class Made:
    """An update: its ``text``, and whether it writes to users' ``own`` graphs only."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.own = True
        operations = [self.operation() for _ in range(self.dice.randrange(1, 4))]
        self.text = f"{self.gap()};{self.gap()}".join(operations)

    def operation(self) -> str:
        self.declared: list[str] = []
        forms = (self.data, self.where, self.modify, self.manage, self.move, self.default, self.all)
        made = self.dice.choice(forms)()
        return self.gap().join([*self.declared, made])

    def data(self) -> str:
        verb = self.dice.choice(("INSERT DATA", "DELETE DATA"))
        return f"{self.word(verb)} {self.block(_VALUES[:-1])}"

    def where(self) -> str:
        return f"{self.word('DELETE WHERE')} {self.block(_VALUES)}"

    def modify(self) -> str:
        verb, start = self.word(self.dice.choice(("INSERT", "DELETE"))), ""
        if self.dice.random() < 0.5:
            named = self.dice.random() < 0.5
            block = self.block(_VALUES, stray=0.0 if named else 0.1)
            if named:
                start = f"{self.word('WITH')} {self.graph(written=False)} "
        else:
            start = f"{self.word('WITH')} {self.graph(written=True)} "
            block = f"{{ {self.triple(_VALUES)} }}"
        return f"{start}{verb} {block} {self.word('WHERE')} {_WHERE}"

    def manage(self) -> str:
        verb = self.dice.choice(("CLEAR SILENT GRAPH", "DROP SILENT GRAPH", "CREATE SILENT GRAPH"))
        return f"{self.word(verb)} {self.graph(written=True)}"

    def move(self) -> str:
        verb = self.dice.choice(("COPY SILENT", "ADD SILENT", "MOVE SILENT"))
        graph = self.dice.choice(("", self.word("GRAPH")))
        source = self.graph(written=verb.startswith("MOVE"))
        return f"{self.word(verb)} {graph} {source} {self.word('TO')} {self.graph(written=True)}"

    def default(self) -> str:
        """The default graph is read, or written."""
        mine, default = f"<{OWN[2]}>", self.word("DEFAULT")
        if self.dice.random() < 0.7:
            return f"{self.word(self.dice.choice(('COPY', 'ADD')))} {default} TO {mine}"
        self.own = False
        return f"{self.word('COPY SILENT')} {mine} TO {default}"

    def all(self) -> str:
        self.own = False
        verb = self.dice.choice(("CLEAR", "DROP", "CLEAR SILENT", "DROP SILENT"))
        return self.word(f"{verb} {self.dice.choice(('DEFAULT', 'NAMED', 'ALL'))}")

    def block(self, values: tuple[str, ...], stray: float = 0.1) -> str:
        """A block of quads; now and then (``stray``) a triple stands outside GRAPH."""
        graph = f"{self.word('GRAPH')} {self.graph(written=True)}"
        inside = f"{graph}{self.gap()}{{ {self.triple(values)} . }}"
        if self.dice.random() < stray:
            self.own = False
            inside = f"{self.triple(values)} . {inside}"
        return f"{{{self.gap()}{inside} }}"

    def triple(self, values: tuple[str, ...]) -> str:
        return f"<{BASE}s> <{BASE}p> {self.dice.choice(values)}"

    def graph(self, *, written: bool) -> str:
        iri = self.dice.choice(OWN if self.dice.random() < 0.8 else KEPT)
        self.own = self.own and (not written or iri in OWN)
        return self.spelt(iri)

    def spelt(self, iri: str) -> str:
        way = self.dice.randrange(4)
        if way == 0:
            return f"<{iri}>"
        if way == 1:
            return f"<{self.escaped(iri)}>"
        if way == 2 and iri.startswith("http") and not any(map(_is_base, self.declared)):
            self.declared.append(f"{self.word('BASE')} <{self.escaped(iri.partition('#')[0])}>")
            return f"<#{iri.partition('#')[2]}>" if "#" in iri else "<>"
        cut = self.dice.randrange(iri.index(":") + 1, len(iri))
        name = f"p{len(self.declared)}{cut}"
        self.declared.append(f"{self.word('PREFIX')} {name}: <{self.escaped(iri[:cut])}>")
        return f"{name}:" + "".join(f"\\{c}" if c in "/#.-" else c for c in iri[cut:])

    def escaped(self, iri: str) -> str:
        r"""Some characters written as \u or \U."""
        ways = ("\\u{:04X}", "\\U{:08x}")
        return "".join(
            self.dice.choice(ways).format(ord(c)) if self.dice.random() < 0.2 else c for c in iri
        )

    def word(self, text: str) -> str:
        """Keywords in any case, set apart by anything."""
        cased = ["".join(self.dice.choice((c.lower(), c)) for c in one) for one in text.split()]
        return self.gap().join(cased) + self.gap()

    def gap(self) -> str:
        return self.dice.choice(_GAPS)


def _is_base(declaration: str) -> bool:
    return declaration.upper().startswith("BASE")
