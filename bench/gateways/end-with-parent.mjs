/**
 * Loaded into every process of the benchmark before its own program: it ends when the benchmark has gone, also when that was
 * killed and could stop nobody. The channel keeps no process alive and carries nothing else here.
 */
process.once("disconnect", () => process.exit());
process.channel?.unref();
