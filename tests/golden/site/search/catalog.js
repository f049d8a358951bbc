// Made by lwnindex
lwnindexSearch("catalog","",{"months":[["2024-03",2,"KU"],["2024-04",2,"SN"]],"shards":[""]});
