package shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The session's cookie, which Tomcat writes in one edition and Spring Session in the other. */
class SessionCookieTest {

  @Nested
  @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.size=small")
  class Naive {
    @LocalServerPort private int port;

    @Test
    void cookie_is_for_the_whole_shop_and_no_script_or_other_site() throws Exception {
      assertThatCookieIsRight(port);
    }
  }

  @Nested
  @SpringBootTest(
      webEnvironment = WebEnvironment.RANDOM_PORT,
      properties = {"shop.size=small", "shop.edition=tuned"})
  class Tuned {
    @LocalServerPort private int port;

    @Test
    void cookie_is_for_the_whole_shop_and_no_script_or_other_site() throws Exception {
      assertThatCookieIsRight(port);
    }
  }

  private static void assertThatCookieIsRight(int port) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/login"))
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"email\":\"bruno1@example.com\",\"password\":\"shop\"}"))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> cookies = answer.headers().allValues("Set-Cookie");
    assertThat(cookies).hasSize(1);
    String[] parts = cookies.get(0).split("; ?");
    assertThat(parts[0]).matches("SHOP=[A-Za-z0-9]{32,}");
    assertThat(Arrays.copyOfRange(parts, 1, parts.length))
        .containsExactlyInAnyOrder("Path=/", "HttpOnly", "SameSite=Lax");
  }
}
