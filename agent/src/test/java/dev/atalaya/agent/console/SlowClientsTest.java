package dev.atalaya.agent.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send or read slowly, or nonsense: nobody else waits for them. */
class SlowClientsTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final Duration SOON = Duration.ofSeconds(4);

  private final List<Socket> sockets = new ArrayList<>();
  private final char[] large = new char[8 << 20];
  private final HttpServer port = HttpServer.open("127.0.0.1", 0, site());

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) socket.close();
    port.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /metr",
        "POST /api/config HTTP/1.1\r\n" + HOST + "Content-Length: 9000\r\n\r\nx",
      })
  void a_scrape_waits_for_nobody_who_sends_slowly(String begun) throws Exception {
    for (int i = 0; i < 60; i++) send(begun);
    Thread.sleep(600); // as long as a new one has grace
    for (int i = 0; i < 10; i++) send(begun);

    assertTimeoutPreemptively(SOON, () -> assertEquals("HTTP/1.1 200 OK", scrape()));
  }

  @Test
  void who_sends_a_body_with_the_token_is_in_nobodys_way_either() throws Exception {
    String head = "POST /api/config HTTP/1.1\r\n" + HOST + "Authorization: Bearer s3cret\r\n";
    for (int i = 0; i < 4; i++) send(head + "Content-Length: 9000\r\n\r\n{");
    Thread.sleep(100);

    assertTimeoutPreemptively(SOON, () -> assertEquals("HTTP/1.1 200 OK", scrape()));
  }

  @Test
  void who_does_not_take_the_answer_is_in_nobodys_way() throws Exception {
    for (int i = 0; i < 4; i++) send("GET /api/findings HTTP/1.1\r\n" + HOST + "\r\n");
    Thread.sleep(300);

    assertTimeoutPreemptively(SOON, () -> assertEquals("HTTP/1.1 200 OK", scrape()));
  }

  @Test
  void a_body_is_not_waited_for_where_it_is_not_wanted() {
    String length = HOST + "Content-Length: 9000\r\n\r\n";
    assertTimeoutPreemptively(
        SOON,
        () -> {
          assertEquals("HTTP/1.1 401 Unauthorized", ask("POST /api/config HTTP/1.1\r\n" + length));
          assertEquals("HTTP/1.1 404 Not Found", ask("POST /nothing HTTP/1.1\r\n" + length));
          assertEquals(
              "HTTP/1.1 405 Method Not Allowed", ask("PUT /metrics HTTP/1.1\r\n" + length));
          String other = length.replace("localhost", "evil.example");
          assertEquals("HTTP/1.1 403 Forbidden", ask("POST /api/config HTTP/1.1\r\n" + other));
        });
  }

  @Test
  void a_request_has_one_deadline_however_it_drips() throws Exception {
    Socket dripping = send("GET /metrics HTTP/1.1\r\n");
    long began = System.nanoTime();
    Thread drip =
        new Thread(
            () -> {
              try {
                while (true) {
                  dripping.getOutputStream().write('x');
                  Thread.sleep(200);
                }
              } catch (IOException | InterruptedException cutOff) {
                // As it should be.
              }
            });
    drip.start();
    assertEquals("HTTP/1.1 408 Request Timeout", firstLine(dripping));
    drip.join(5_000);
    assertTrue(!drip.isAlive(), "its connection is closed");
    assertTrue(System.nanoTime() - began < 10_000_000_000L, "soon");
  }

  @Test
  void a_name_that_cannot_be_decoded_is_the_clients_fault() throws Exception {
    for (String query : Arrays.asList("name[]=%zz", "name[]=%", "%zz=a", "name%5B%5D=%4")) {
      String answer = ask("GET /metrics?" + query + " HTTP/1.1\r\n" + HOST + "\r\n");
      assertEquals("HTTP/1.1 400 Bad Request", answer, query);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {17, 2_026})
  void nonsense_gets_an_answer_that_is_no_fault_of_ours(long seed) throws Exception {
    Random random = new Random(seed);
    String whole =
        "POST /api/config HTTP/1.1\r\n"
            + HOST
            + "Authorization: Bearer s3cret\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
    for (int i = 0; i < 150; i++) {
      byte[] sent = whole.getBytes(StandardCharsets.ISO_8859_1);
      for (int n = random.nextInt(3); n >= 0; n--) {
        sent[random.nextInt(sent.length)] = (byte) random.nextInt(256);
      }
      Socket socket = connect();
      socket.getOutputStream().write(sent);
      socket.shutdownOutput();
      String answer = firstLine(socket);
      String told = answer + " to " + new String(sent, StandardCharsets.ISO_8859_1) + ", " + seed;
      assertTrue(answer.startsWith("HTTP/1.1 ") && answer.charAt(9) != '5', told);
    }
    assertEquals("HTTP/1.1 200 OK", scrape());
  }

  // ---- Fixtures --------------------------------------------------------------------------------

  private Site site() {
    Arrays.fill(large, ' ');
    return new Site("s3cret")
        .metrics(
            () ->
                Collections.enumeration(
                    List.of(
                        new MetricFamilySamples(
                            "shop_up", Collector.Type.GAUGE, "Up.", Collections.emptyList()))))
        .source("findings", query -> new String(large))
        .config(keys -> null);
  }

  private String scrape() throws IOException {
    return ask("GET /metrics HTTP/1.1\r\n" + HOST + "\r\n");
  }

  private String ask(String request) throws IOException {
    return firstLine(send(request));
  }

  private Socket send(String request) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", port.number()), 5_000);
    socket.setSoTimeout(15_000);
    sockets.add(socket);
    return socket;
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b; (b = socket.getInputStream().read()) >= 0 && b != '\r'; ) line.append((char) b);
    return line.toString();
  }
}
