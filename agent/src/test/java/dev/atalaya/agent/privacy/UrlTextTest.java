package dev.atalaya.agent.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          /orders/123/items => /orders/{}/items
          / => /
          /api/v2/users/550e8400-e29b-41d4-a716-446655440000 => /api/v2/users/{}
          /files/report-2026-01-31.pdf?x=1 => /files/report-{}.pdf
          /users/ann@example.com => /users/{}
          /caf%C3%A9 => /{}
          /app;jsessionid=8A51F0 => /app;{}
          """)
  void paths_fold_by_segment(String path, String template) {
    assertEquals(template, UrlText.template(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          http://h/p => http://h/p
          https://ann:s3cr:et@h:8443/p?a=b => https://REDACTED:REDACTED@h:8443/p?a=b
          https://ann@h => https://REDACTED:REDACTED@h
          http://a:p@w@h/x@y => http://REDACTED:REDACTED@h/x@y
          http://h/?q=1&password=x&API_KEY=y&n= => http://h/?q=1&password=REDACTED&API_KEY=REDACTED&n=
          http://h?AWSAccessKeyId=A&Signature=B&sig=C&X-Goog-Signature=D => http://h?AWSAccessKeyId=REDACTED&Signature=REDACTED&sig=REDACTED&X-Goog-Signature=REDACTED
          http://h/?access_token=a=b&auth=1;session_id=2 => http://h/?access_token=REDACTED&auth=REDACTED;session_id=REDACTED
          http://h/?cardNumber=4111&p%61ssword=x => http://h/?cardNumber=REDACTED&p%61ssword=REDACTED
          http://h/?to=ann%40example.com => http://h/?to=REDACTED
          http://h/?8f14e45fceea167a5a36dedd4bea2543 => http://h/?REDACTED
          http://h/#access_token=x&state=1 => http://h/#access_token=REDACTED&state=1
          http://h/a;jsessionid=8A51/b;v=1?x=2 => http://h/a;jsessionid=REDACTED/b;v=1?x=2
          //ann:pw@h/p => //REDACTED:REDACTED@h/p
          /p?token=x => /p?token=REDACTED
          """)
  void secrets_in_urls_are_redacted(String url, String redacted) {
    assertEquals(redacted, UrlText.redact(url));
    assertEquals(redacted, UrlText.redact(redacted));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          /reset/8f14e45fceea167a5a36dedd4bea2543 => /reset/REDACTED
          /reset/X7K2P9 => /reset/REDACTED
          /password-reset/aB3xY9kL/form => /password-reset/REDACTED/form
          /verify/482913 => /verify/REDACTED
          /a/550e8400-e29b-41d4-a716-446655440000/b => /a/REDACTED/b
          /users/ann@example.com => /users/REDACTED
          /users/ann%40example.com/orders => /users/REDACTED/orders
          /users/ann%2540example.com => /users/REDACTED
          /users/ann.lee+x@mail.example.co.uk => /users/REDACTED
          /j/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p => /j/REDACTED
          /gh/ghp_16C7e42F292c6912E7710c838347Ae178B4a/x => /gh/REDACTED/x
          /gh/ghp_abcdefghijklmnopqrstuvwxyzabcdefghij => /gh/REDACTED
          /bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage => /REDACTED/sendMessage
          /hooks/T00000000/B00000000/xJ2kLm9PqRsTuVwX3yZa => /hooks/T00000000/B00000000/REDACTED
          /s/JBSWY3DPEHPK3PXP => /s/REDACTED
          /s/dGhpcy1pcy1h_c2VjcmV0-dG9rZW4 => /s/REDACTED
          /s/kzxqwvbnmtrplkjhgfds => /s/REDACTED
          /cards/4111111111111111 => /cards/REDACTED
          /call/token=abc => /call/REDACTED
          /proxy/https%3A%2F%2Fh%2F%3Ftoken%3Dx => /proxy/REDACTED
          """)
  void what_looks_like_a_secret_is_left_out_of_paths(String path, String redacted) {
    assertEquals(redacted, UrlText.redactPath(path, ""));
    assertEquals(redacted, UrlText.redactPath(redacted, ""));
    assertEquals("http://h" + redacted, UrlText.redact("http://h" + path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/orders/123/items",
        "/api/v2/owners/find",
        "/reports/2026-01-31/eu-west-1",
        "/files/report-2026-01-31.pdf",
        "/caf%C3%A9/men%C3%BA",
        "/snowflake/1234567890123456789",
        "/sku/AB-1234-X",
        "/actuator/health/livenessState",
        "/internationalization/characteristics",
        "/HttpsConnectionPool/getOrderItemsById",
        "/npm/@angular/core@4.17.21",
        "/oauth2/token",
        "/reset/password",
        "/invitations/17",
        "/a//b/",
        "/authors/7",
        "/favicon.ico",
        "/webjars/bootstrap/5.3.3/css/bootstrap.min.css",
      })
  void words_and_numbers_stay_as_they_are(String path) {
    assertSame(path, UrlText.redactPath(path, ""));
    assertEquals("http://h" + path, UrlText.redact("http://h" + path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          /8f14e45fceea167a5a36/orders/17 => /8f14e45fceea167a5a36/orders/{id} => =
          /8f14e45fceea167a5a36/8f14e45fceea167a5a36 => /8f14e45fceea167a5a36/{id} => /8f14e45fceea167a5a36/REDACTED
          /reset/7 => /reset/{token} => /reset/REDACTED
          /reset/short => /reset/:token => /reset/REDACTED
          /reset/X7K2P9 => /reset/X7K2P9 => =
          /shop/orders/ann@example.com => /shop/* => /shop/orders/REDACTED
          /shop/orders/17 => /shop/** => =
          /a/b/X/ghp_abcdefghijklmnopqrst => /a/{path: .+} => /a/b/X/REDACTED
          /orders/17 => /orders => =
          /token/17 => /keys/{key} => =
          """)
  void a_route_says_what_of_a_path_varies(String path, String route, String redacted) {
    assertEquals(redacted.equals("=") ? path : redacted, UrlText.redactPath(path, route));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          to=http://h/cb?token=x&page=2 => to=http://h/cb?token=REDACTED&page=2
          to=http%3A%2F%2Fh%2Fcb%3Ftoken%3Dx%26page%3D2 => to=http%3A%2F%2Fh%2Fcb%3Ftoken%3DREDACTED%26page%3D2
          to=http%253A%252F%252Fh%252Fcb%253Ftoken%253Dx => to=http%3A%2F%2Fh%2Fcb%3Ftoken%3DREDACTED
          to=%2Fcb%3Fa%3D1%26code%3Dx => to=%2Fcb%3Fa%3D1%26code%3DREDACTED
          to=https%3A%2F%2Fann%3Apw%40h%2Fp => to=https%3A%2F%2FREDACTED%3AREDACTED%40h%2Fp
          to=http%3A%2F%2Fh%2Fcb%3Fpage%3D2 => to=http%3A%2F%2Fh%2Fcb%3Fpage%3D2
          q=ghp_16C7e42F292c6912E7710c838347Ae178B4a => q=REDACTED
          q=some+words&n=17&d=2026-01-31 => q=some+words&n=17&d=2026-01-31
          state=eyJhbGciOiJIUzI1NiJ9.e30.x => state=REDACTED
          a=://ghp_16C7e42F292c6912E7710c838347Ae178B4a => a=://REDACTED
          a=//ghp_16C7e42F292c6912E7710c838347Ae178B4a => a=//REDACTED
          tok%2565n=x => tok%2565n=REDACTED
          email=x => email=REDACTED
          """)
  void queries_may_hold_urls_and_secrets_under_any_name(String query, String redacted) {
    assertEquals(redacted, UrlText.redactQuery(query));
    assertEquals(redacted, UrlText.redactQuery(redacted));
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 443, 20_261_129})
  void no_planted_secret_is_left_and_nothing_breaks(long seed) {
    Random random = new Random(seed);
    String odd = "/?&=;#%:@.-_~+ {}[]|2Fab\u00e9\u4e2d";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder url = new StringBuilder(random.nextBoolean() ? "https://h/" : "/x");
      for (int n = random.nextInt(20); n > 0; n--) {
        url.append(odd.charAt(random.nextInt(odd.length())));
      }
      url.append("/ghp_16C7e42F292c6912E7710c838347Ae178B4a");
      String told = url + ", seed " + seed;
      String redacted = UrlText.redact(url.toString());
      assertFalse(redacted.contains("16C7e42F292c"), told);
      assertFalse(UrlText.redactPath(url.toString(), "/{a}/b").contains("16C7e42F292c"), told);
      assertFalse(UrlText.template(url.toString()).contains("16C7e42F292c"), told);
    }
  }

  @Test
  void a_long_path_is_no_matter_of_seconds() {
    String path = "/a=b%41@c.d;e".repeat(20_000);
    assertTimeout(
        Duration.ofSeconds(3),
        () -> {
          UrlText.redact("http://h" + path + "?" + path);
          UrlText.redactPath(path, "/{a}/{b}");
        });
  }

  @Test
  void queries_alone_are_redacted_too() {
    assertEquals("a=1&secret=REDACTED", UrlText.redactQuery("a=1&secret=x"));
    assertEquals("", UrlText.redactQuery(""));
  }

  @Test
  void names_of_parameters_are_sorted_and_named_once() {
    assertEquals("a&b&id", UrlText.sortedQueryNames("id=3&b=&a=1&id=4"));
    assertEquals("items[{}]", UrlText.sortedQueryNames("items[0]=a&items[1]=b"));
    assertEquals("", UrlText.sortedQueryNames(null));
  }
}
