package app;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Scanner;
import java.util.concurrent.FutureTask;

/** HttpURLConnection. */
public final class UrlConnectionApp extends Client {
  public static void main(String[] args) throws Exception {
    new UrlConnectionApp().serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    if (traceparent != null) {
      connection.setRequestProperty("traceparent", traceparent);
    }
    int status = connection.getResponseCode(); // <- get
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Scanner(in, "UTF-8").useDelimiter("\\A").next();
    }
  }

  /** It knows no asynchronous calls. */
  @Override
  String getAsync(String url) throws Exception {
    FutureTask<String> task = new FutureTask<>(() -> get(url, null));
    task.run();
    return task.get();
  }
}
