package shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Both editions side by side, each on its own servers: whatever is asked, they answer the same. */
class EditionsTest {
  private static TestPartner partner;
  private static ConfigurableApplicationContext naive;
  private static ConfigurableApplicationContext tuned;

  /** Both have seen the same requests: nobody is logged in as a customer of another test's. */
  private final Caller atNaive = caller(naive);

  private final Caller atTuned = caller(tuned);

  @BeforeAll
  static void open() throws Exception {
    partner = new TestPartner();
    naive = start("naive");
    tuned = start("tuned");
  }

  private static ConfigurableApplicationContext start(String edition) {
    return new SpringApplicationBuilder(ShopApplication.class)
        .run(
            "--shop.edition=" + edition,
            "--shop.size=small",
            "--shop.partner.slow=false",
            "--server.port=0",
            "--shop.partner.url=" + partner.url());
  }

  @AfterAll
  static void close() {
    naive.close();
    tuned.close();
    partner.close();
  }

  private static Caller caller(ConfigurableApplicationContext shop) {
    return new Caller("http://localhost:" + shop.getEnvironment().getProperty("local.server.port"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/categories",
        "/api/products",
        "/api/products?page=3",
        "/api/products?page=7",
        "/api/products?page=8",
        "/api/products?page=1000000",
        "/api/products?page=-3",
        "/api/products?page=x",
        "/api/products?sort=price",
        "/api/products?sort=price&page=5",
        "/api/products?sort=stars",
        "/api/products?q=oak",
        "/api/products?q=OAK%20bo",
        "/api/products?q=%20oak%20",
        "/api/products?q=a",
        "/api/products?q=%25",
        "/api/products?q=_",
        "/api/products?q=%5C",
        "/api/products?q=o%27",
        "/api/products?q=nothing+of+this+kind",
        "/api/products?q=Lamp%20This",
        "/api/products?q=%C3%84&category=Desk",
        "/api/products?q=%00",
        "/api/products?category=Kitchen",
        "/api/products?category=Kitchen&sort=price&page=1",
        "/api/products?category=kitchen",
        "/api/products?category=",
        "/api/products?category=%20",
        "/api/products?category=a,b,null&q=x",
        "/api/products?min=50",
        "/api/products?max=50",
        "/api/products?min=20&max=100",
        "/api/products?min=20&max=100&sort=price&page=2",
        "/api/products?min=20&max=100&sort=price&page=99",
        "/api/products?min=100&max=20",
        "/api/products?min=20.001&max=99.999&category=Garden&q=o&sort=price",
        "/api/products?min=-1&max=1e3",
        "/api/products?min=1e-999999&max=1e999999",
        "/api/products?min=1e999999",
        "/api/products?max=-1e999999",
        "/api/products?max=0.001",
        "/api/products?min=cheap",
        "/api/products?after=12.50",
        "/api/products?after=",
        "/api/products/1",
        "/api/products/9",
        "/api/products/17",
        "/api/products/999999",
        "/api/products/0",
        "/api/products/x",
        "/api/products/1/recommendations",
        "/api/products/100/recommendations",
        "/api/products/999999/recommendations",
        "/images/1/96",
        "/images/1/97",
        "/images/999999/96",
        "/api/account",
        "/api/cart",
        "/api/orders",
        "/api/orders/1",
        "/api/reports/sales",
        "/api/reports/demand?q=oak",
        "/api/reports/demand?q=Oak%20B",
        "/api/reports/demand?q=",
        "/api/reports/demand?q=%25",
        "/api/reports/demand?q=none",
        "/api/reports/demand",
        "/api/reports/orders",
        "/api/reports/orders?page=1",
        "/api/reports/orders?page=24",
        "/api/reports/orders?page=25",
        "/api/reports/orders?page=-1",
        "/api/reports/orders?page=107374183",
        "/api/async/3",
        "/api/async/999999",
        "/api/broken",
        "/api/nowhere",
        "/health"
      })
  void reading_gives_the_same(String path) throws Exception {
    same("GET", path);
    same("GET", path); // now from caches
  }

  @Test
  void all_products_and_what_goes_with_them_are_the_same() throws Exception {
    for (int id = 1; id <= 200; id++) {
      assertThat(same("GET", "/api/products/" + id).status()).isEqualTo(200);
      same("GET", "/api/products/" + id + "/recommendations");
      same("GET", "/api/async/" + id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=id",
        "sort=price",
        "sort=price&q=a",
        "sort=id&category=Living",
        "sort=price&category=Living&min=30",
        "sort=id&q=o&max=120"
      })
  void paging_through_is_the_same_by_number_and_by_place(String search) throws Exception {
    int pages = JsonPath.read(same("GET", "/api/products?" + search).text(), "$.pages");
    assertThat(pages).isGreaterThan(1);
    List<Integer> seen = new ArrayList<>();
    String after = "";
    for (int page = 0; page <= pages; page++) {
      String byNumber = same("GET", "/api/products?" + search + "&page=" + page).text();
      String byPlace =
          same("GET", "/api/products?" + search + "&page=" + page + "&after=" + after).text();
      assertThat(byPlace).isEqualTo(byNumber);
      seen.addAll(JsonPath.<List<Integer>>read(byPlace, "$.products[*].id"));
      Map<String, Object> place = JsonPath.read(byPlace, "$.after");
      assertThat(place == null).isEqualTo(page >= pages - 1);
      after = place == null ? "" : place.get("price") + "_" + place.get("id");
    }
    int total = JsonPath.read(same("GET", "/api/products?" + search).text(), "$.total");
    assertThat(seen).doesNotHaveDuplicates().hasSize(total);
  }

  @Test
  void nobody_gets_in_with_a_wrong_password() throws Exception {
    assertThat(
            same("POST", "/api/login", "{\"email\":\"bruno1@example.com\",\"password\":\"x\"}")
                .status())
        .isEqualTo(401);
    assertThat(
            same("POST", "/api/login", "{\"email\":\"nobody@example.com\",\"password\":\"shop\"}")
                .status())
        .isEqualTo(401);
    assertThat(same("POST", "/api/login", "{").status()).isEqualTo(400);
    assertThat(same("GET", "/api/account").status()).isEqualTo(401);
    assertThat(same("POST", "/api/checkout").status()).isEqualTo(401);
    assertThat(same("POST", "/api/cart/items", "{\"product\":1,\"quantity\":1}").status())
        .isEqualTo(401);
    assertThat(same("DELETE", "/api/cart/items/1").status()).isEqualTo(401);
    assertThat(same("POST", "/api/products/1/reviews", "{\"stars\":5,\"text\":\"a\"}").status())
        .isEqualTo(401);
    assertThat(sameUpload("/api/products/1/images", "file", picture(10, 10, "png")).status())
        .isEqualTo(401);
  }

  @Test
  void login_and_logout_are_the_same() throws Exception {
    login("bruno1");
    assertThat(same("GET", "/api/account").text()).contains("Bruno");
    assertThat(same("POST", "/api/logout").status()).isEqualTo(204);
    assertThat(same("GET", "/api/account").status()).isEqualTo(401);
  }

  @Test
  void reviews_show_up_with_their_stars() throws Exception {
    login("carla2");
    String before = same("GET", "/api/products/8").text();
    for (int i = 0; i < 12; i++) {
      String review = "{\"stars\":%d,\"text\":\"Review %d, äöü\"}".formatted(1 + i % 5, i);
      assertThat(same("POST", "/api/products/8/reviews", review).status()).isEqualTo(201);
      assertThat(same("GET", "/api/products/8").text())
          .contains("Review " + i)
          .isNotEqualTo(before);
    }
    assertThat(same("POST", "/api/products/8/reviews", "{\"stars\":6,\"text\":\"a\"}").status())
        .isEqualTo(400);
    assertThat(same("POST", "/api/products/8/reviews", "{\"stars\":1,\"text\":\" \"}").status())
        .isEqualTo(400);
    assertThat(
            same("POST", "/api/products/999999/reviews", "{\"stars\":1,\"text\":\"a\"}").status())
        .isEqualTo(404);
  }

  @Test
  void pictures_and_their_thumbnails_are_the_same() throws Exception {
    login("david3");
    same("GET", "/api/products/11");
    for (byte[] file :
        List.of(
            picture(1200, 900, "png"),
            picture(300, 900, "jpeg"),
            picture(1, 2000, "png"),
            picture(20, 10, "png"))) {
      Caller.Answer made = sameUpload("/api/products/11/images", "file", file);
      assertThat(made.status()).isEqualTo(201);
      int id = JsonPath.read(made.text(), "$.id");
      for (int size : Images.SIZES) {
        assertThat(same("GET", "/images/" + id + "/" + size).status()).isEqualTo(200);
      }
      assertThat(same("GET", "/images/" + id + "/1").status()).isEqualTo(404);
      assertThat(same("GET", "/api/products/11").text()).contains("{\"id\":" + id + ",");
    }
    assertThat(sameUpload("/api/products/11/images", "file", new byte[1000]).status())
        .isEqualTo(422);
    byte[] cut = picture(500, 500, "jpeg");
    sameUpload("/api/products/11/images", "file", java.util.Arrays.copyOf(cut, cut.length / 2));
    byte[] png = picture(500, 500, "png");
    assertThat(
            sameUpload("/api/products/11/images", "file", java.util.Arrays.copyOf(png, 60))
                .status())
        .isEqualTo(422);
    assertThat(sameUpload("/api/products/11/images", "other", png).status()).isEqualTo(400);
    assertThat(sameUpload("/api/products/999999/images", "file", png).status()).isEqualTo(404);
    assertThat(sameUpload("/api/products/999999/images", "file", new byte[10]).status())
        .isEqualTo(404);
  }

  @Test
  void cart_takes_adds_and_gives_back() throws Exception {
    login("elena4");
    same("GET", "/api/cart");
    for (int product = 50; product < 90; product += 3) {
      assertThat(add(product, product % 4 + 1).status()).isEqualTo(201);
    }
    add(50, 2);
    assertThat(add(999999, 1).status()).isEqualTo(404);
    assertThat(add(1, 0).status()).isEqualTo(400);
    assertThat(same("DELETE", "/api/cart/items/53").status()).isEqualTo(200);
    assertThat(same("DELETE", "/api/cart/items/53").status()).isEqualTo(200);
    assertThat(same("DELETE", "/api/cart/items/999999").status()).isEqualTo(200);
    same("GET", "/api/cart");
  }

  @Test
  void buying_is_the_same_in_everything_that_it_changes() throws Exception {
    login("felix5");
    for (int product = 1; product <= 90; product += 3) {
      add(product, 1 + product % 3);
    }
    everythingThatBuyingChanges();

    Caller.Answer receipt = same("POST", "/api/checkout");

    assertThat(receipt.status()).isEqualTo(201);
    int order = JsonPath.read(receipt.text(), "$.order");
    assertThat(JsonPath.<String>read(receipt.text(), "$.payment")).isEqualTo("PAY-" + order);
    assertThat(JsonPath.<List<?>>read(same("GET", "/api/orders/" + order).text(), "$.lines"))
        .hasSizeGreaterThanOrEqualTo(30);
    everythingThatBuyingChanges();
    assertThat(same("POST", "/api/checkout").status()).isEqualTo(409);
    login("grete6");
    assertThat(same("GET", "/api/orders/" + order).status()).isEqualTo(404);
  }

  @Test
  void many_buy_one_after_the_other() throws Exception {
    for (String name : List.of("klara10", "ada11", "bruno12", "carla13", "david14")) {
      login(name);
      for (int i = 1; i < 6; i++) {
        add(i * 7, i);
      }
      assertThat(same("POST", "/api/checkout").status()).isEqualTo(201);
      same("GET", "/api/orders");
    }
    everythingThatBuyingChanges();
  }

  @Test
  void too_few_in_stock_changes_nothing() throws Exception {
    login("grete6");
    add(130, 3);
    add(131, 100_000);
    add(132, 100_000);
    List<String> before = everythingThatBuyingChanges();

    Caller.Answer refused = same("POST", "/api/checkout");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("Too few left of");
    assertThat(everythingThatBuyingChanges()).isEqualTo(before);
    same("DELETE", "/api/cart/items/131");
    same("DELETE", "/api/cart/items/132");
    assertThat(same("POST", "/api/checkout").status()).isEqualTo(201);
    everythingThatBuyingChanges();
  }

  @Test
  void untrusted_customer_changes_nothing() throws Exception {
    login("hugo7");
    add(140, 2);
    List<String> before = everythingThatBuyingChanges();
    partner.trusting = false;
    try {
      assertThat(same("POST", "/api/checkout").status()).isEqualTo(409);
    } finally {
      partner.trusting = true;
    }
    assertThat(everythingThatBuyingChanges()).isEqualTo(before);
  }

  @Test
  void refused_payment_changes_nothing_and_the_next_goes_through() throws Exception {
    login("ines8");
    for (int product = 150; product < 180; product++) {
      add(product, 2);
    }
    List<String> before = everythingThatBuyingChanges();
    partner.taking = false;
    try {
      assertThat(same("POST", "/api/checkout").status()).isGreaterThanOrEqualTo(500);
    } finally {
      partner.taking = true;
    }
    assertThat(everythingThatBuyingChanges()).isEqualTo(before);
    assertThat(same("POST", "/api/checkout").status()).isEqualTo(201);
    everythingThatBuyingChanges();
  }

  @Test
  void orders_are_paged_the_same() throws Exception {
    login("jonas9");
    for (int page = -1; page < 4; page++) {
      same("GET", "/api/orders?page=" + page);
    }
    for (int page = 0; page < 27; page++) {
      same("GET", "/api/reports/orders?page=" + page);
    }
    for (int order = 1; order < 60; order++) {
      same("GET", "/api/orders/" + order);
    }
  }

  private List<String> everythingThatBuyingChanges() throws Exception {
    List<String> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/api/cart",
            "/api/orders",
            "/api/reports/orders",
            "/api/reports/sales",
            "/api/reports/demand?q=oak",
            "/api/reports/demand?q=a")) {
      answers.add(same("GET", path).text());
    }
    for (int page = 0; page < 9; page++) {
      answers.add(same("GET", "/api/products?page=" + page).text());
    }
    for (int product = 1; product <= 200; product += 10) {
      answers.add(same("GET", "/api/products/" + product).text());
      answers.add(same("GET", "/api/async/" + product).text());
      answers.add(same("GET", "/api/products/" + product + "/recommendations").text());
    }
    return answers;
  }

  private void login(String name) throws Exception {
    String credentials = "{\"email\":\"%s@example.com\",\"password\":\"shop\"}".formatted(name);
    assertThat(same("POST", "/api/login", credentials).status()).isEqualTo(200);
  }

  private Caller.Answer add(int product, int quantity) throws Exception {
    return same(
        "POST", "/api/cart/items", "{\"product\":%d,\"quantity\":%d}".formatted(product, quantity));
  }

  private Caller.Answer same(String method, String path) throws Exception {
    return same(method, path, null);
  }

  private Caller.Answer same(String method, String path, String json) throws Exception {
    return same(
        method + " " + path, atNaive.send(method, path, json), atTuned.send(method, path, json));
  }

  private Caller.Answer sameUpload(String path, String field, byte[] file) throws Exception {
    return same(
        "upload " + path, atNaive.upload(path, field, file), atTuned.upload(path, field, file));
  }

  private static Caller.Answer same(String what, Caller.Answer naive, Caller.Answer tuned) {
    if (!naive.sameAs(tuned)) {
      assertThat(tuned.status() + " " + tuned.type() + " " + tuned.text())
          .as(what)
          .isEqualTo(naive.status() + " " + naive.type() + " " + naive.text());
    }
    assertThat(naive.sameAs(tuned)).as(what).isTrue(); // also where the bytes are no text
    return naive;
  }

  private static byte[] picture(int width, int height, String format) throws Exception {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
    canvas.fillRect(0, 0, width, height);
    canvas.setColor(Color.WHITE);
    canvas.fillOval(width / 4, height / 4, width / 2, height / 2);
    canvas.dispose();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(picture, format, file);
    return file.toByteArray();
  }
}
