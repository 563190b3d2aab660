/** Arguments of postgres. Anybody on the machine can read them: nothing secret here. */
export function postmasterSettings(port: number, isDurable: boolean): string[] {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    // Clients use TCP, and the path of a socket in a deep data folder would exceed the 107 bytes a system allows.
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: isDurable ? "128MB" : "64MB",
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    logging_collector: "off",
    log_checkpoints: "off",
    // Values of rows are personal data: neither statements nor the details of violated constraints reach the log.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    ...(isDurable ? {} : { fsync: "off", full_page_writes: "off", wal_level: "minimal", max_wal_senders: 0 }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
