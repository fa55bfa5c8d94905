"""The embedded model: its weights, and the llama.cpp server that runs them as a child process."""
