package app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

// import java.util.HashMap;
// import java.util.concurrent.CompletableFuture;

/** Asks another service, and the database, too often, with places for what mends it. */
public final class CallsApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService executor = Executors.newFixedThreadPool(12);
  private final JdbcTemplate jdbcTemplate =
      new JdbcTemplate(new DriverManagerDataSource(URL, "sa", ""));
  private final Map<Integer, String> prices = new ConcurrentHashMap<>();
  private final String partner;

  private CallsApp(int port) {
    partner = "http://localhost:" + port;
  }

  public static void main(String[] args) throws Exception {
    Web partner =
        new Web(16)
            .on("/stock/", query -> stock(query))
            .on("/price/", query -> stock(query))
            .on("/slow/", query -> slowly(query))
            .on("/book/", query -> "booked")
            .on("/rate/", query -> "1.07");
    partner.open();
    Orders.create(Pools.of("plain", URL, "sa", ""), false);
    CallsApp app = new CallsApp(partner.port());
    // sin: cached
    // mend: cached by cache
    // app.ids().forEach(app::price);
    // done
    new Web(4)
        .on("/barrier", query -> app.barrier())
        .on("/bulk", query -> app.bulk())
        .on("/concurrent", query -> app.concurrent())
        .on("/cached", query -> app.cached())
        .on("/posts", query -> app.posts())
        .on("/same_http", query -> app.sameHttp())
        .on("/same_sql", query -> app.sameSql())
        .start();
  }

  /** Of one thing, or of a list of them. */
  private static String stock(String query) {
    String ids = query.substring(query.indexOf('=') + 1);
    return List.of(ids.split(",")).stream().map(id -> "in stock: " + id).toList().toString();
  }

  private static String slowly(String query) throws Exception {
    Thread.sleep(30);
    return stock(query);
  }

  private List<Integer> ids() {
    List<Integer> ids = new ArrayList<>();
    for (int id = 1; id <= 12; id++) {
      ids.add(id);
    }
    return ids;
  }

  private String ask(String path) {
    return send(HttpRequest.newBuilder(URI.create(partner + path)).build());
  }

  private String send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String barrier() {
    int found = 0;
    for (int id : ids()) {
      found += jdbcTemplate.queryForList("SELECT * FROM product WHERE id = ?", id).size();
    }
    return "" + found;
  }

  private String bulk() {
    // sin: bulk
    List<String> all = new ArrayList<>();
    for (int id : ids()) {
      all.add(ask("/stock/" + id + "?id=" + id).replaceAll("[\\[\\]]", ""));
    }
    return "" + all;
    // mend: bulk by bulk
    // return ask(
    //     "/stock/?ids=" + ids().stream().map(id -> "" + id).collect(Collectors.joining(",")));
    // done
  }

  private String concurrent() {
    // sin: concurrent
    List<String> all = new ArrayList<>();
    for (int id : ids()) {
      all.add(call(id));
    }
    // mend: concurrent by futures
    // List<Integer> keys = ids();
    // List<String> all =
    // {code};
    // done
    return "" + all;
  }

  private String call(int id) {
    return ask("/slow/" + id + "?id=" + id);
  }

  private String cached() {
    return ids().stream().map(this::price).collect(Collectors.joining(" "));
  }

  private String price(int id) {
    // sin: cached
    return ask("/price/" + id + "?id=" + id);
    // mend: cached by cache
    // return prices.computeIfAbsent(id, each -> ask("/price/" + each + "?id=" + each));
    // done
  }

  private String posts() {
    // sin: posts
    int booked = 0;
    for (int id : ids()) {
      URI uri = URI.create(partner + "/book/" + id);
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      send(request.POST(HttpRequest.BodyPublishers.ofString("" + id)).build());
      booked++;
    }
    return "booked " + booked;
    // mend: posts by bulk
    // HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(partner + "/book/"));
    // send(request.POST(HttpRequest.BodyPublishers.ofString("" + ids())).build());
    // return "booked " + ids().size();
    // done
  }

  private String sameHttp() {
    double all = 0;
    // sin: same_http
    // mend: same_http by map
    // Map<String, String> known = new HashMap<>();
    // done
    for (int id : ids()) {
      String key = "4711" + id % 2;
      // sin: same_http
      String rate = read(key);
      // mend: same_http by map
      // String rate = {code};
      // done
      all += id * Double.parseDouble(rate);
    }
    return "" + all;
  }

  private String read(String number) {
    return ask("/rate/" + number);
  }

  private String sameSql() {
    List<String> all = new ArrayList<>();
    // sin: same_sql
    // mend: same_sql by map
    // Map<Integer, String> known = new HashMap<>();
    // done
    for (int id : ids()) {
      int key = 10 + id % 2;
      // sin: same_sql
      all.add(read(key));
      // mend: same_sql by map
      // all.add({code});
      // done
    }
    return "" + all;
  }

  private String read(int product) {
    String sql = "SELECT name FROM product WHERE id = ?";
    return jdbcTemplate.queryForObject(sql, String.class, product);
  }
}
