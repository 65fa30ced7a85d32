/** An application in named modules. */
module shop.modular {
  requires com.zaxxer.hikari;
  requires java.net.http;
  requires java.sql;
  requires jdk.httpserver;
}
