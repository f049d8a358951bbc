[
 "The harbour has a lamp.",
 "The harbour gets a second lamp, as reported before and in a paper.\nLamp Height\nold 12 m\nnew\nHow it is lit\nint lit(void) { return 1; }\nThe plans are public."
]