-- One database for each shared subgraph; each migrates its own at start.
CREATE DATABASE organizations;
CREATE DATABASE needs;
CREATE DATABASE projects;
CREATE DATABASE funds;
