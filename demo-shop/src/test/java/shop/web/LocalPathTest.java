package shop.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/cart",
        "/products/3#reviews",
        "/?q=oak&page=2",
        "/?q=a%20b",
        "/a//b",
        "/~[x]"
      })
  void path_of_the_shop_is_kept(String path) {
    assertThat(LocalPath.safe(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "cart",
        "//evil.example.com",
        "///evil.example.com",
        "/\\evil.example.com",
        "/a\\b",
        "\\/evil.example.com",
        " /cart",
        "/\t/evil.example.com",
        "/\n/evil.example.com",
        "/a b",
        "/ä",
        "http://evil.example.com/",
        "javascript:alert(1)"
      })
  void anything_else_is_the_home_page(String path) {
    assertThat(LocalPath.safe(path)).isEqualTo("/");
  }
}
