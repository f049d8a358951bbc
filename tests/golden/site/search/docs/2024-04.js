// Made by lwnindex
lwnindexSearch("docs","2024-04",{"texts":[0],"docs":[["Fog & the \"horn\"","Articles/fog/index.html","2024-04-01T06:30:00+02:00",["Weather desk","Harbour desk"],[["Harbour","Lamps"],["Weather","On/off fog"]],"en-GB"],["Calm","Articles/calm/index.html","2024-04-03",["Weather desk"],[["Harbour","Lamps"],["Weather","Calm"]],""]]});
