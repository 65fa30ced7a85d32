package dev.atalaya.agent.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
  private static final byte[] HEAD = "POST / HTTP/1.1\r\nHost: h\r\n".getBytes(US_ASCII);
  private static final byte[] CONTENT = "0123456789".getBytes(US_ASCII);

  private ServerSocket server;
  private HttpConnection connection;
  private Socket peer;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    URI uri = URI.create("http://localhost:" + server.getLocalPort() + "/");
    connection = HttpConnection.open(uri, null, 300);
    peer = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    peer.close();
    server.close();
  }

  @Test
  void request_is_sent_whole() throws IOException {
    post("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    byte[] request = new byte[200];
    int length = peer.getInputStream().read(request);
    InputStream more = peer.getInputStream();
    while (more.available() > 0) length += more.read(request, length, 200 - length);
    assertEquals(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n2345",
        new String(request, 0, length, US_ASCII));
  }

  @Test
  void answers_of_known_length_follow_each_other_on_one_connection() throws IOException {
    for (int i = 1; i <= 3; i++) {
      post("HTTP/1.1 20" + i + " OK\r\ncontent-length:  " + i + "\r\n\r\n" + "abc".substring(0, i));

      assertEquals(200 + i, connection.status);
      assertEquals("abc".substring(0, i), new String(connection.body, US_ASCII));
      assertTrue(connection.isReusable());
      assertTrue(connection.isAlive(300));
    }
  }

  @Test
  void chunks_are_put_together() throws IOException {
    post(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n");

    assertEquals("abc0123456789", new String(connection.body, US_ASCII));
    assertTrue(connection.isReusable());
  }

  @Test
  void interim_answer_is_passed_over() throws IOException {
    post("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");

    assertEquals(204, connection.status);
    assertTrue(connection.isReusable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore"
      })
  void connection_that_may_hold_a_rest_is_not_used_again(String answer) throws IOException {
    post(answer);

    assertEquals(200, connection.status);
    assertFalse(connection.isReusable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void what_is_no_http_is_refused(String answer) {
    assertThrows(IOException.class, () -> post(answer));
  }

  @Test
  void silence_ends_with_the_timeout() {
    assertThrows(SocketTimeoutException.class, () -> connection.post(HEAD, CONTENT, 0, 4));
  }

  @Test
  void closed_connection_is_seen_before_it_is_used() throws Exception {
    post("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    peer.close();

    long deadline = System.nanoTime() + 20_000_000_000L;
    while (connection.isAlive(300)) assertTrue(System.nanoTime() < deadline, "still alive");
  }

  private void post(String answer) throws IOException {
    peer.getOutputStream().write(answer.getBytes(US_ASCII));
    connection.post(HEAD, CONTENT, 2, 4);
  }
}
