package dev.atalaya.agent.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
  private static final String HOST = "Host: localhost:9464\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /metrics HTTP/1.1\r\n%",
        "GET /metrics HTTP/1.0\r\n%",
        "GET /metrics?name[]=a HTTP/1.1\r\n%",
        "\r\nGET /metrics HTTP/1.1\r\n%",
        "GET /metrics HTTP/1.1\n%",
        "GET http://localhost:9464/metrics HTTP/1.1\r\n%",
        "GET HTTP://LOCALHOST:9464/metrics?x HTTP/1.1\r\n%",
        "GET /metrics HTTP/1.1\r\nhost:localhost\r\n",
        "GET /metrics HTTP/1.1\r\nHost:\t localhost \t\r\n",
        "GET /metrics HTTP/1.1\r\nHost: [::1]:9464\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost:\r\n",
        "GET /metrics HTTP/1.1\r\nHost:\r\n",
        "GET /metrics HTTP/1.1\r\n%X-Empty:\r\nX-Tab: a\tb\r\nX-Latin: \u00e9\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: 007\r\n",
        "GET /metrics HTTP/1.1\r\n%Accept: a\r\nAccept: b\r\n",
      })
  void what_rfc_9112_allows_is_read(String head) throws Refused {
    assertEquals("/metrics", parse(head).path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the request line
        "GET /metrics HTTP/1.foo\r\n%",
        "GET /metrics HTTP/1.\r\n%",
        "GET /metrics HTTP/1.10\r\n%",
        "GET /metrics HTTP/2.0\r\n%",
        "GET /metrics http/1.1\r\n%",
        "GET /metrics\r\n%",
        "GET  /metrics HTTP/1.1\r\n%",
        "GET /metrics HTTP/1.1 \r\n%",
        " GET /metrics HTTP/1.1\r\n%",
        "GET\t/metrics\tHTTP/1.1\r\n%",
        "G(T /metrics HTTP/1.1\r\n%",
        "GET metrics HTTP/1.1\r\n%",
        "GET * HTTP/1.1\r\n%",
        "CONNECT localhost:9464 HTTP/1.1\r\n%",
        "GET /metrics#x HTTP/1.1\r\n%",
        "GET /m\u0000 HTTP/1.1\r\n%",
        "GET /m\u00e9 HTTP/1.1\r\n%",
        "GET /met\rrics HTTP/1.1\r\n%",
        "\r\n\r\nGET /metrics HTTP/1.1\r\n%",
        // whose it is
        "GET /metrics HTTP/1.1\r\n",
        "GET /metrics HTTP/1.1\r\n%%",
        "GET /metrics HTTP/1.1\r\nHost: localhost:9464@evil.example\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost/evil.example\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost, evil.example\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost evil.example\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost:9464:1\r\n",
        "GET /metrics HTTP/1.1\r\nHost: [::1\r\n",
        "GET http://evil.example/metrics HTTP/1.1\r\n%",
        "GET http://evil.example:9464/metrics HTTP/1.1\r\n%",
        "GET http://localhost:9464@evil.example/metrics HTTP/1.1\r\n%",
        "GET http:///metrics HTTP/1.1\r\n%",
        "GET https://localhost:9464/metrics HTTP/1.1\r\n%",
        "GET //evil.example@localhost/metrics\u0001 HTTP/1.1\r\n%",
        // headers
        "GET /metrics HTTP/1.1\r\n%X: a\r\n b\r\n",
        "GET /metrics HTTP/1.1\r\n%X: a\r\n\tb: c\r\n",
        "GET /metrics HTTP/1.1\r\n X: a\r\n%",
        "GET /metrics HTTP/1.1\r\n%X : a\r\n",
        "GET /metrics HTTP/1.1\r\n%: a\r\n",
        "GET /metrics HTTP/1.1\r\n%X\r\n",
        "GET /metrics HTTP/1.1\r\n%X(: a\r\n",
        "GET /metrics HTTP/1.1\r\n%X: a\u0000b\r\n",
        "GET /metrics HTTP/1.1\r\n%X: a\u001bb\r\n",
        "GET /metrics HTTP/1.1\r\n%X: a\u007fb\r\n",
        "GET /metrics HTTP/1.1\r\n%X: a\rb\r\n",
        "GET /metrics HTTP/1.1\r\n%X: a\r\r\n",
        "GET /metrics HTTP/1.1\r\n%Authorization: Bearer a\r\nAuthorization: Bearer b\r\n",
        // lengths
        "POST /metrics HTTP/1.1\r\n%Content-Length: +5\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: -5\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: 5,5\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: 0x5\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: 5 5\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: \u0665\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length:\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: 5\r\nContent-Length: 5\r\n",
        "POST /metrics HTTP/1.1\r\n%Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "POST /metrics HTTP/1.1\r\n%Transfer-Encoding: chunked, identity\r\n",
        "POST /metrics HTTP/1.1\r\n%Transfer-Encoding: xchunked\r\n",
        "POST /metrics HTTP/1.0\r\n%Transfer-Encoding: chunked\r\n",
      })
  void what_two_readers_may_read_differently_is_refused(String head) {
    assertEquals(400, assertThrows(Refused.class, () -> parse(head)).status);
  }

  @Test
  void a_chunked_body_is_asked_for_with_its_length() {
    String chunked = "POST / HTTP/1.1\r\n%Transfer-Encoding: chunked\r\n";
    assertEquals(411, assertThrows(Refused.class, () -> parse(chunked)).status);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 9_464, 8_675_309, -4_096})
  void whatever_comes_is_read_or_refused(long seed) {
    Random random = new Random(seed);
    String[] whole = {
      "GET /metrics?name[]=up HTTP/1.1\r\n%Accept: text/plain\r\n",
      "POST /api/config HTTP/1.1\r\n%Content-Length: 5\r\nAuthorization: Bearer x\r\n",
      "GET http://localhost:9464/ HTTP/1.0\r\n%Accept-Encoding: gzip;q=0.5, br\r\n",
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder head = new StringBuilder(whole[i % whole.length].replace("%", HOST));
      for (int n = random.nextInt(4); n >= 0; n--) change(head, random);
      try {
        Head read = Head.parse(head.toString());
        assertTrue(read.path.startsWith("/"), () -> head + ", seed " + seed);
        for (String value : read.headers.values()) {
          assertTrue(value.chars().noneMatch(c -> c < ' ' && c != '\t'), () -> head + "" + seed);
        }
      } catch (Refused refused) {
        assertTrue(refused.status == 400 || refused.status == 411, () -> head + ", seed " + seed);
      } catch (RuntimeException broken) {
        throw new AssertionError(head + ", seed " + seed, broken);
      }
    }
  }

  private static void change(StringBuilder head, Random random) {
    String odd = "\u0000\r\n \t:,;@#%/*[]?=\u007f\u00e90aZ";
    int at = random.nextInt(head.length());
    int end = Math.min(head.length(), at + random.nextInt(6));
    switch (random.nextInt(4)) {
      case 0:
        head.insert(at, odd.charAt(random.nextInt(odd.length())));
        break;
      case 1:
        head.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
        break;
      case 2:
        head.insert(random.nextInt(head.length()), head.substring(at, end));
        break;
      default:
        if (end - at < head.length()) head.delete(at, end);
    }
  }

  private static Head parse(String head) throws Refused {
    return Head.parse(head.replace("%%", HOST + HOST).replace("%", HOST) + "\r\n");
  }
}
