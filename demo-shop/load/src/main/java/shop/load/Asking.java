package shop.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.ByteArrayBodyPart;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.http.HttpRequestActionBuilder;

/** The requests that visitors send; {@code #{..}} is what the {@link Visitor} has in mind. */
final class Asking {
  private Asking() {}

  static HttpRequestActionBuilder get(Endpoint endpoint, String url) {
    return http(endpoint.title()).get(url).check(status().in(200, 304));
  }

  static HttpRequestActionBuilder product() {
    return get(Endpoint.PRODUCT, "/api/products/#{product}")
        .check(jsonPath("$.images[0].id").optional().saveAs("picture"));
  }

  static HttpRequestActionBuilder catalogue(String query) {
    return page(Endpoint.CATALOGUE, query);
  }

  static HttpRequestActionBuilder search(String query) {
    return page(Endpoint.SEARCH, query);
  }

  /** Remembers where the next page begins, if there is one. */
  private static HttpRequestActionBuilder page(Endpoint endpoint, String query) {
    return get(endpoint, "/api/products?" + query)
        .check(jsonPath("$.after.price").withDefault("").saveAs("afterPrice"))
        .check(jsonPath("$.after.id").withDefault("").saveAs("afterId"));
  }

  static HttpRequestActionBuilder login() {
    return post(Endpoint.LOGIN, "/api/login", 200)
        .body(StringBody("{\"email\":\"#{email}\",\"password\":\"shop\"}"));
  }

  static HttpRequestActionBuilder addItem() {
    return post(Endpoint.ADD_ITEM, "/api/cart/items", 201)
        .body(StringBody("{\"product\":#{item},\"quantity\":#{quantity}}"));
  }

  static HttpRequestActionBuilder review() {
    return post(Endpoint.REVIEW, "/api/products/#{product}/reviews", 201)
        .body(
            StringBody("{\"stars\":#{stars},\"text\":\"Came in time and does what it should.\"}"));
  }

  static HttpRequestActionBuilder checkout() {
    return post(Endpoint.CHECKOUT, "/api/checkout", 201);
  }

  static HttpRequestActionBuilder orders() {
    return get(Endpoint.ORDERS, "/api/orders").check(jsonPath("$[0].id").saveAs("order"));
  }

  static HttpRequestActionBuilder upload() {
    return http(Endpoint.UPLOAD_PICTURE.title())
        .post("/api/products/#{product}/images")
        .bodyPart(
            ByteArrayBodyPart("file", session -> session.get("photo"))
                .fileName("photo.jpg")
                .contentType("image/jpeg"))
        .asMultipartForm()
        .check(status().is(201))
        .check(jsonPath("$.id").saveAs("picture"));
  }

  private static HttpRequestActionBuilder post(Endpoint endpoint, String url, int status) {
    return http(endpoint.title())
        .post(url)
        .header("Content-Type", "application/json")
        .check(status().is(status));
  }
}
