[
 "The horn was heard 1 , and the lamps were not seen. See their topic.\nWhat {{ horn }} prints\nhour blasts\n6 3\nTwice. ↩",
 "Nothing happened. <script>alert(1)</script> A page."
]