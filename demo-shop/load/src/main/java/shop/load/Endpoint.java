package shop.load;

import static shop.load.EndpointClass.COMPLEX;
import static shop.load.EndpointClass.POST;
import static shop.load.EndpointClass.SIMPLE;
import static shop.load.EndpointClass.UPLOAD;

/** What visitors ask the shop for. */
public enum Endpoint {
  HEALTH(SIMPLE, "GET", "/health"),
  CATEGORIES(SIMPLE, "GET", "/api/categories"),
  PRODUCT(SIMPLE, "GET", "/api/products/{id}"),
  STOCK(SIMPLE, "GET", "/api/async/{id}"),
  PICTURE(SIMPLE, "GET", "/images/{id}/{size}"),
  ACCOUNT(SIMPLE, "GET", "/api/account"),
  ORDER(SIMPLE, "GET", "/api/orders/{id}"),
  CATALOGUE(COMPLEX, "GET", "/api/products"),
  SEARCH(COMPLEX, "GET", "/api/products", "?q="),
  RECOMMENDATIONS(COMPLEX, "GET", "/api/products/{id}/recommendations"),
  CART(COMPLEX, "GET", "/api/cart"),
  ORDERS(COMPLEX, "GET", "/api/orders"),
  SALES(COMPLEX, "GET", "/api/reports/sales"),
  DEMAND(COMPLEX, "GET", "/api/reports/demand"),
  NEWEST_ORDERS(COMPLEX, "GET", "/api/reports/orders"),
  LOGIN(POST, "POST", "/api/login"),
  ADD_ITEM(POST, "POST", "/api/cart/items"),
  REVIEW(POST, "POST", "/api/products/{id}/reviews"),
  CHECKOUT(POST, "POST", "/api/checkout"),
  UPLOAD_PICTURE(UPLOAD, "POST", "/api/products/{id}/images");

  private final EndpointClass kind;
  private final String method;
  private final String route;
  private final String query;

  Endpoint(EndpointClass kind, String method, String route) {
    this(kind, method, route, "");
  }

  Endpoint(EndpointClass kind, String method, String route, String query) {
    this.kind = kind;
    this.method = method;
    this.route = route;
    this.query = query;
  }

  public EndpointClass kind() {
    return kind;
  }

  /** The route as the agent names it: two endpoints may share one. */
  public String route() {
    return route;
  }

  public String method() {
    return method;
  }

  /** What Gatling calls its requests; no two endpoints share one. */
  public String title() {
    return method + " " + route + query;
  }

  /** The agent's name for the work of one request. */
  public String entryPoint() {
    return method + " " + route;
  }
}
