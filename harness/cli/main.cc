#include <seedproof/harness/cli/run.h>

int main(int argc, char** argv) { return seedproof::run(seedproof::builtin(), argc, argv); }
