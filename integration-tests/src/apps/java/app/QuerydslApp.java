package app;

import com.querydsl.core.types.dsl.NumberPath;
import com.querydsl.core.types.dsl.PathBuilder;
import com.querydsl.jpa.impl.JPAQueryFactory;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** A loop of Querydsl's queries on Hibernate, with paths by name in place of generated types. */
public final class QuerydslApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private final SessionFactory sessions;

  private QuerydslApp(SessionFactory sessions) {
    this.sessions = sessions;
  }

  public static void main(String[] args) throws Exception {
    Orders.create(() -> DriverManager.getConnection(URL, "sa", ""), false);
    SessionFactory sessions =
        new Configuration()
            .addAnnotatedClass(Payment.class)
            .setProperty("hibernate.connection.url", URL)
            .setProperty("hibernate.connection.username", "sa")
            .setProperty("hibernate.connection.password", "")
            .buildSessionFactory();
    QuerydslApp app = new QuerydslApp(sessions);
    new Web(4).on("/querydsl", query -> app.payments()).start();
  }

  private String payments() {
    PathBuilder<Payment> payment = new PathBuilder<>(Payment.class, "payment");
    NumberPath<Integer> order = payment.getNumber("order", Integer.class);
    List<String> names = new ArrayList<>();
    try (Session session = sessions.openSession()) {
      JPAQueryFactory queries = new JPAQueryFactory(session);
      for (int id : queries.select(order).from(payment).where(order.loe(20)).fetch()) {
        names.add(
            queries
                .select(payment.getString("name"))
                .from(payment)
                .where(order.eq(id))
                .fetchOne()); // <- querydsl
      }
    }
    return names.toString();
  }

  /** A row. */
  @Entity
  @Table(name = "payment")
  public static class Payment {
    @Id
    @Column(name = "order_id")
    private int order;

    private String name;
  }
}
