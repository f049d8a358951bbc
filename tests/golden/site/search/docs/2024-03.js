// Made by lwnindex
lwnindexSearch("docs","2024-03",{"texts":[0],"docs":[["A lamp for the harbour","Articles/11/index.html","2024-03-01",["The keeper"],[["Harbour","Lamps"]],""],["Two lamps for the harbour","Articles/12/index.html","2024-03-04",["Harbour desk"],[["Harbour","Lamps","Electric"],["Harbour","I/O lines"]],""]]});
