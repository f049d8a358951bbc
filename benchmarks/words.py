"""Words, sentences and code that mean nothing, with the frequencies that words have."""

from __future__ import annotations

from itertools import accumulate
from random import Random

COMMON = (
    *("the", "of", "and", "to", "a", "in", "that", "is", "for", "it", "be", "this", "as", "not"),
    *("with", "are", "on", "was", "by", "have", "which", "but", "can", "from", "has", "will", "at"),
    *("or", "an", "there", "been", "one", "would", "if", "they", "all", "code", "kernel", "some"),
    *("than", "other", "more", "so", "what", "these", "when", "also", "into", "only", "such"),
    *("could", "then", "its", "work", "any", "may", "about", "use", "new", "patch", "time", "do"),
    *("most", "list", "driver", "like", "memory", "just", "now"),
)
SYLLABLES = (
    *("ka", "lo", "mi", "ser", "tun", "vel", "dra", "pho", "rin", "gos", "bel", "tam", "qui"),
    *("nor", "fes", "hul", "jad", "wem", "zyl", "cor", "pta", "ish", "und", "ame"),
)
VOCABULARY = 4000
FENCES = ("", "", "c", "python", "sh")
"""What the fences name: no fence of the sample does, but then no highlighter would have work to do."""

_CODE = {
    "": ("[{n}.000000] {a}: {b} at {n}", "{a}   {n}   {b}", "$ cat /proc/{a}/{b}"),
    "c": (
        "    if (!{a}->{b})",
        "\treturn -EINVAL; /* no {a} */",
        "struct {a} *{b} = kzalloc(sizeof(*{b}), GFP_KERNEL);",
        '    pr_info("{a}: %d of {n}\\n", {b}->count);',
        "#define {a}_{b} 0x{n:x}",
        "static int {a}_{b}(struct {a} *p, int n);",
    ),
    "python": (
        "def {a}({b}, limit={n}):",
        "    return [{a}[i] for i in range({n}) if {b}]",
        "    # the {a} of each {b}",
        'print(f"{a} {{{b}!r}} < {n} & more")',
    ),
    "sh": (
        "for {a} in /sys/{b}/*; do",
        '    grep -q {a} "$each" && echo "{b} {n}"',
        "done | sort -n > {b}.log  # {n} lines",
    ),
}


def vocabulary(seed: int) -> tuple[str, ...]:
    """Return the words of a corpus, the frequent ones first: short English ones, then made-up ones."""
    random = Random(f"words {seed}")
    found = dict.fromkeys(COMMON)
    while len(found) < VOCABULARY:
        found["".join(random.choices(SYLLABLES, k=random.randint(2, 3)))] = None
    return tuple(found)


class Writer:
    """Writes sentences, names and code out of a vocabulary, as a source of chance says."""

    def __init__(self, words: tuple[str, ...], random: Random) -> None:
        self.random = random
        self._words = words
        self._weights = _WEIGHTS
        self._rare = words[len(COMMON) :]

    def words(self, count: int) -> list[str]:
        """Return words without marks, by Zipf's law."""
        return self.random.choices(self._words, cum_weights=self._weights, k=count)

    def name(self) -> str:
        """Return a made-up word, for a name."""
        return self._rare[int(self.random.random() * len(self._rare))]

    def identifier(self) -> str:
        """Return a name as code has it: `kalo_ser`."""
        return f"{self.name()}_{self.name()}"

    def title(self, least: int = 2, most: int = 7) -> str:
        """Return a few words with a capital."""
        return " ".join(self.words(self.random.randint(least, most))).capitalize()

    def prose(self, count: int) -> list[str]:
        """Return as many words as asked for, with the marks of sentences."""
        found = self.words(max(count, 3))
        start = 0
        while start < len(found):
            end = min(start + self.random.randint(8, 30), len(found))
            found[start] = found[start].capitalize()
            if end - start > 14:
                found[(start + end) // 2] += ","
            found[end - 1] += self.random.choice("......?:.")
            start = end
        return found

    def code(self, lines: int) -> list[str]:
        """Return a fenced block of code, line by line."""
        language = self.random.choice(FENCES)
        shapes = _CODE[language]
        body = (
            self.random.choice(shapes).format(a=self.name(), b=self.name(), n=self.random.randint(2, 4000))
            for _ in range(lines)
        )
        return [f"```{language}", *body, "```"]


_WEIGHTS = tuple(accumulate(1 / (place + 3) for place in range(VOCABULARY)))
