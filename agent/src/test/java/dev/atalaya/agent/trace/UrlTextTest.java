package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
