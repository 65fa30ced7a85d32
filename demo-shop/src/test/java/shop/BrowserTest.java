package shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A person's way through the shop, in a headless Chromium: in each edition the same. */
@ParameterizedClass
@ValueSource(strings = {"naive"})
class BrowserTest {
  private static Optional<Chromium> chromium = Optional.empty();
  private static ConfigurableApplicationContext shop;

  private BrowserContext visitor;
  private Page page;

  BrowserTest(String edition) {}

  @BeforeAll
  static void openBrowser() {
    chromium = Chromium.find();
  }

  @AfterAll
  static void closeBrowser() {
    chromium.ifPresent(Chromium::close);
  }

  @BeforeParameterizedClassInvocation
  static void openShop(String edition) {
    if (chromium.isPresent()) {
      String[] settings = {"--shop.edition=" + edition, "--shop.size=small", "--server.port=0"};
      shop = SpringApplication.run(ShopApplication.class, settings);
    }
  }

  @AfterParameterizedClassInvocation
  static void closeShop() {
    if (shop != null) {
      shop.close();
    }
  }

  @BeforeEach
  void openPage() {
    assumeTrue(chromium.isPresent(), Chromium.MISSING);
    String port = shop.getEnvironment().getProperty("local.server.port");
    visitor = chromium.orElseThrow().visitor("http://localhost:" + port);
    page = visitor.newPage();
  }

  @AfterEach
  void closePage() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @Test
  void visitor_finds_a_product_logs_in_and_buys_it() {
    page.navigate("/");
    page.getByLabel("Search the catalogue").fill("oak");
    button("Search").click();
    assertThat(heading()).hasText("Results for “oak”");
    Locator card = page.locator(".card").first();
    String name = card.locator("strong").textContent();
    card.click();
    assertThat(heading()).hasText(name);

    link("Log in to buy").click();
    logIn("felix5@example.com");
    assertThat(heading()).hasText(name);
    assertThat(page.getByRole(AriaRole.BANNER)).containsText("Felix");

    page.getByLabel("Quantity").fill("3");
    button("Add to cart").click();
    assertThat(heading()).hasText("Cart");
    Locator quantity = page.getByLabel("Quantity of " + name).first();
    assertThat(quantity).isVisible();
    quantity.fill("2");
    button("Change the quantity of " + name).first().click();
    assertThat(page.getByLabel("Quantity of " + name).first()).hasValue("2");

    button("Check out and pay").click();
    assertThat(heading()).hasText("Thank you");
    String order = page.locator("dd a").textContent();
    assertThat(page.locator("dl")).containsText("PAY-" + order);
    assertThat(page).hasURL(Pattern.compile(".*/checkout/" + order));

    link("Orders").click();
    Locator placed = page.locator("article").filter(new Locator.FilterOptions().setHasText(name));
    assertThat(placed.first()).containsText("Order " + order);
    link("Cart").click();
    assertThat(page.locator("main")).containsText("Nothing here yet.");
  }

  @Test
  void customer_adds_a_picture_and_a_review() throws IOException {
    page.navigate("/login?next=/products/19");
    logIn("grete6@example.com");
    assertThat(page.locator("img")).hasCount(0);

    page.getByLabel("Add a picture")
        .setInputFiles(new FilePayload("tray.png", "image/png", png(600, 400)));
    button("Upload").click();
    Locator picture = page.locator("img.picture");
    assertThat(picture).isVisible();
    // Decoded by the browser, not only told of by the page.
    page.waitForFunction("() => document.querySelector('img.picture').naturalWidth > 0");
    assertThat((String) picture.evaluate("i => i.currentSrc")).matches(".*/images/\\d+/(320|800)");

    String text = "Holds <b>all</b> my \"things\" & more";
    page.getByLabel("Your rating").selectOption("4");
    page.getByLabel("What do you say?").fill(text);
    button("Send review").click();
    Locator review =
        page.locator("#reviews article").filter(new Locator.FilterOptions().setHasText(text));
    assertThat(review).containsText("Grete");
    assertThat(review.getByLabel("4 of 5 stars")).isVisible();
  }

  private void logIn(String email) {
    page.getByLabel("Email").fill(email);
    page.getByLabel("Password").fill("shop");
    button("Log in").click();
  }

  private Locator heading() {
    return page.locator("h1");
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }
}
