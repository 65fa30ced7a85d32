package app;

import java.net.ServerSocket;

/** An HTTP client library, called from requests to a server that it then calls itself. */
abstract class Client {
  /** The body; the trace header is only sent where it is not null. */
  abstract String get(String url, String traceparent) throws Exception;

  abstract String getAsync(String url) throws Exception;

  final void serve() throws Exception {
    final Web web = new Web(8);
    final String target = "http://localhost:" + web.port() + "/target";
    web.echo("/target", "Traceparent")
        .on(
            "/client",
            scenario -> {
              switch (scenario) {
                case "nothing":
                  return "nothing";
                case "ok":
                  return get(target + "?page=2&token=CANARY-token", null);
                case "async":
                  return getAsync(target + "?page=2&password=CANARY-password");
                case "not_found":
                  return get(target + "?status=404", null);
                case "preset":
                  return get(target, "00-11111111111111111111111111111111-2222222222222222-01");
                case "refused":
                  int closed;
                  try (ServerSocket socket = new ServerSocket(0)) {
                    closed = socket.getLocalPort();
                  }
                  try {
                    return get("http://localhost:" + closed + "/", null);
                  } catch (Exception e) {
                    return "refused";
                  }
                default:
                  throw new IllegalArgumentException(scenario);
              }
            })
        .start();
  }
}
