package app;

import java.net.ServerSocket;

/** An HTTP client library, called from requests to a server that it then calls itself. */
abstract class Client {
  /** The body; the trace header is only sent where it is not null. */
  abstract String get(String url, String traceparent) throws Exception;

  abstract String getAsync(String url) throws Exception;

  /** Asks for each article's stock by itself. */
  private String basket(String stock) throws Exception {
    int known = 0;
    for (int article = 100; article < 112; article++) {
      known += get(stock + article, null).equals("7") ? 1 : 0; // <- basket
    }
    return known + " articles";
  }

  private String same(String article) throws Exception {
    int known = 0;
    for (int i = 0; i < 6; i++) {
      known += get(article, null).equals("7") ? 1 : 0; // <- same article
    }
    return known + " times";
  }

  private String missing(String target) throws Exception {
    for (int i = 0; i < 6; i++) {
      get(target + "?status=404&article=" + i, null);
    }
    return "6 missing";
  }

  final void serve() throws Exception {
    final Web web = new Web(8);
    final String target = "http://localhost:" + web.port() + "/target";
    final String stock = "http://localhost:" + web.port() + "/stock/";
    web.echo("/target", "Traceparent")
        .on("/stock/", amount -> "7")
        .on("/basket", articles -> basket(stock))
        .on("/same_article", articles -> same(stock + "4711"))
        .on("/missing_articles", articles -> missing(target))
        .on("/small_basket", articles -> get(stock + "4711", null))
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
