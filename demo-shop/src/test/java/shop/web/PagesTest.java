package shop.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The shop's pages as a browser gets them. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.size=small")
class PagesTest {
  private static final String BRUNO = "bruno12@example.com";

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                                | 200 | <h1>Catalogue</h1>
          /?q=OAK&min=&max=&category=      | 200 | Results for “OAK”
          /?category=Living&sort=price     | 200 | cheapest first
          /?q=zzz                          | 200 | Nothing matches that.
          /?min=cheap                      | 400 | That did not work
          /?after=nonsense                 | 400 | after must be price_id
          /products/3                      | 200 | Log in to buy
          /products/999999                 | 404 | There is no product 999999.
          /login                           | 200 | bruno1@example.com
          /analytics                       | 200 | Monthly sales
          /analytics?demand=oak            | 200 | Oak
          /analytics?demand=zzz            | 200 | Nobody bought such a thing.
          /errors                          | 200 | <h1>Errors</h1>
          /nowhere                         | 404 | We do not have that
          /api/broken                      | 500 | Something broke on our side
          """)
  void page_is_open_to_everybody(String path, int status, String part) {
    HttpResponse<String> answer = new Visitor(port).get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(part, "<html lang=\"en\">", ">Log in</a>");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    // Whoever only looks gets no session: nothing to keep, and pages that caches may keep.
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void pages_of_a_customer_lead_to_the_login_and_from_there_back() {
    Visitor visitor = new Visitor(port);

    HttpResponse<String> turnedAway = visitor.get("/orders?page=1");

    assertThat(turnedAway.statusCode()).isEqualTo(302);
    String login = Visitor.location(turnedAway);
    assertThat(login).isEqualTo("/login?next=%2Forders%3Fpage%3D1");
    assertThat(visitor.get(login).body())
        .contains("<input type=\"hidden\" name=\"next\" value=\"/orders?page=1\">");
    HttpResponse<String> entered =
        visitor.send("/login", "email", BRUNO, "password", "shop", "next", "/orders?page=1");
    assertThat(Visitor.location(entered)).isEqualTo("/orders?page=1");
    assertThat(visitor.get("/orders").body()).contains("Your orders", "Bruno", "Log out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com/",
        "//evil.example.com/",
        "/\\evil.example.com/",
        "/\t/evil.example.com/",
        "javascript:alert(1)",
        ""
      })
  void login_leads_to_no_other_place(String next) {
    Visitor visitor = new Visitor(port);

    HttpResponse<String> entered =
        visitor.send("/login", "email", BRUNO, "password", "shop", "next", next);

    assertThat(entered.statusCode()).isEqualTo(302);
    assertThat(Visitor.location(entered)).isEqualTo("/");
  }

  @Test
  void form_that_was_sent_without_a_login_leads_back_to_its_page() {
    HttpResponse<String> answer =
        new Visitor(port).sendFrom("/products/3", "/cart", "product", "3", "quantity", "1");

    assertThat(Visitor.location(answer)).isEqualTo("/login?next=%2Fproducts%2F3");
  }

  @Test
  void wrong_password_is_told_and_begins_no_session() {
    HttpResponse<String> answer =
        new Visitor(port).send("/login", "email", "<b>@example.com", "password", "guess");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .contains("Email or password is wrong.", "value=\"&lt;b&gt;@example.com\"");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void logout_ends_the_session() {
    Visitor visitor = Visitor.loggedIn(port, BRUNO);
    assertThat(visitor.get("/cart").statusCode()).isEqualTo(200);

    assertThat(Visitor.location(visitor.send("/logout"))).isEqualTo("/");

    assertThat(Visitor.location(visitor.get("/cart"))).startsWith("/login");
  }

  @Test
  void what_people_write_is_shown_as_they_wrote_it() {
    String script = "<script>alert('\"&')</script>";
    Visitor visitor = Visitor.loggedIn(port, BRUNO);

    HttpResponse<String> sent = visitor.send("/products/17/reviews", "stars", "4", "text", script);

    assertThat(Visitor.location(sent)).isEqualTo("/products/17#reviews");
    assertThat(visitor.get("/products/17").body())
        .contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;", "4 of 5 stars")
        .doesNotContain("<script");
    assertThat(visitor.get("/?q=%3Cscript%3E%22").body())
        .contains("&lt;script&gt;&quot;")
        .doesNotContain("<script");
    assertThat(visitor.get("/analytics?demand=%22%3E%3Cscript%3E").body())
        .doesNotContain("<script");
  }

  @Test
  void review_of_six_stars_is_refused() {
    HttpResponse<String> answer =
        Visitor.loggedIn(port, BRUNO).send("/products/17/reviews", "stars", "6", "text", "Wow");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("stars must be 1 to 5");
  }

  @Test
  void cart_is_bought_once_and_the_receipt_shown_once() {
    Visitor visitor = Visitor.loggedIn(port, "carla2@example.com");
    visitor.send("/cart", "product", "5", "quantity", "2");
    visitor.send("/cart/quantity", "product", "5", "quantity", "7");
    assertThat(visitor.get("/cart").body()).contains("value=\"7\"", "Shipping");

    String receipt = Visitor.location(visitor.send("/checkout"));

    assertThat(receipt).matches("/checkout/\\d+");
    String order = receipt.substring("/checkout/".length());
    assertThat(visitor.get(receipt).body()).contains("Thank you", "PAY-" + order, "€");
    assertThat(Visitor.location(visitor.get(receipt))).isEqualTo("/orders/" + order);
    assertThat(visitor.get("/orders/" + order).body()).contains("Order " + order, "/products/5");
    assertThat(visitor.get("/orders").body()).contains("Order " + order);
    HttpResponse<String> again = visitor.send("/checkout");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("That did not go through", "The cart is empty.");
  }

  @Test
  void item_is_removed_from_the_cart() {
    Visitor visitor = Visitor.loggedIn(port, "david3@example.com");
    visitor.send("/cart", "product", "200", "quantity", "1");
    assertThat(visitor.get("/cart").body()).contains("/products/200\"");

    visitor.send("/cart/remove", "product", "200");

    assertThat(visitor.get("/cart").body()).doesNotContain("/products/200\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many"})
  void quantity_that_makes_no_sense_is_refused(String quantity) {
    HttpResponse<String> answer =
        Visitor.loggedIn(port, BRUNO).send("/cart", "product", "1", "quantity", quantity);

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void order_of_another_customer_is_not_there() {
    Visitor carla = Visitor.loggedIn(port, "carla13@example.com");
    Matcher hers = Pattern.compile("/orders/(\\d+)").matcher(carla.get("/orders").body());
    assertThat(hers.find()).isTrue();

    HttpResponse<String> answer = Visitor.loggedIn(port, BRUNO).get(hers.group());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no order " + hers.group(1) + ".");
  }

  @Test
  void file_that_is_no_picture_is_refused() {
    Visitor visitor = Visitor.loggedIn(port, BRUNO);

    HttpResponse<String> text = visitor.upload("/products/17/images", "hello".getBytes(UTF_8));

    assertThat(text.statusCode()).isEqualTo(422);
    assertThat(text.body()).contains("We cannot use that file", "neither a JPEG nor a PNG");
    assertThat(visitor.upload("/products/17/images", new byte[0]).statusCode()).isEqualTo(422);
  }

  @Test
  void file_that_is_too_large_is_refused_by_page_and_api() {
    Visitor visitor = Visitor.loggedIn(port, BRUNO);

    HttpResponse<String> page = visitor.upload("/products/17/images", new byte[12 << 20]);
    HttpResponse<String> api = visitor.upload("/api/products/17/images", new byte[12 << 20]);

    assertThat(page.statusCode()).isEqualTo(413);
    assertThat(page.body()).contains("We cannot use that file", "more than 10 MB", "Log out");
    assertThat(api.statusCode()).isEqualTo(413);
    assertThat(api.body()).contains("\"detail\":\"The file has more than 10 MB.\"");
  }

  @Test
  void next_page_goes_on_where_the_last_one_ended_and_keeps_the_choice() {
    Visitor visitor = new Visitor(port);
    String first = visitor.get("/?category=Living&sort=price&max=150").body();
    Matcher next = Pattern.compile("href=\"([^\"]*)\" rel=\"next\"").matcher(first);
    assertThat(next.find()).isTrue();
    String link = next.group(1).replace("&amp;", "&");
    assertThat(link)
        .matches("/\\?category=Living&max=150&sort=price&page=1&after=\\d+\\.\\d\\d_\\d+");

    String second = visitor.get(link).body();

    assertThat(second)
        .contains(
            "Page 2 of", "href=\"/?category=Living&amp;max=150&amp;sort=price\" rel=\"prev\"");
    Matcher card = Pattern.compile("class=\"card\" href=\"(/products/\\d+)\"").matcher(second);
    assertThat(card.results().map(match -> match.group(1)))
        .isNotEmpty()
        .noneMatch(product -> first.contains(product + "\""));
  }
}
