# café
check() { true; }
apply() { true; }
