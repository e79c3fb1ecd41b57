fetch("/api/items").then((response) => response.json()).then(console.log);
