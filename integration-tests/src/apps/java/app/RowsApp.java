package app;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.builder.xml.XMLMapperBuilder;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

// import java.util.Collection;
// import java.util.Collections;
// import org.apache.ibatis.annotations.Param;
// import org.apache.ibatis.session.ExecutorType;
// import org.jooq.Query;
// import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** A statement a row by JDBC, JdbcTemplate, MyBatis and jOOQ, with places for what mends it. */
public final class RowsApp {
  private static final String URL =
      System.getProperty("rows.url", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
  private static final String ORDERS = "SELECT id FROM orders WHERE customer_id = ?";
  private static final String PAY = "UPDATE orders SET paid = ? WHERE id = ?";
  private static final JdbcTemplate jdbcTemplate =
      new JdbcTemplate(new DriverManagerDataSource(URL, "sa", ""));

  private RowsApp() {}

  public static void main(String[] args) throws Exception {
    Pools.Source source = Pools.of("plain", URL, "sa", "");
    boolean postgres = URL.contains("postgresql");
    if (postgres) jdbcTemplate.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    Orders.create(source, postgres);
    SqlSessionFactory sqlSessionFactory = sessions();
    new Web(4)
        .on("/barrier", query -> barrier())
        .on("/jdbc", query -> jdbc(source))
        .on("/jdbc_write", query -> jdbcWrite(source))
        .on("/template", query -> template())
        .on("/template_count", query -> templateCount())
        .on("/template_write", query -> templateWrite())
        .on("/mybatis", query -> myBatis(sqlSessionFactory))
        .on("/mybatis_xml", query -> myBatisXml(sqlSessionFactory))
        .on("/mybatis_nested", query -> myBatisNested(sqlSessionFactory))
        .on("/mybatis_nested_xml", query -> myBatisNestedXml(sqlSessionFactory))
        .on("/mybatis_write", query -> myBatisWrite(sqlSessionFactory))
        .on("/jooq", query -> jooq(source))
        .on("/jooq_write", query -> jooqWrite(source))
        .on("/jooq_nested", query -> jooqNested(source))
        .on("/jdbc_join", query -> jdbcJoin(source))
        .on("/jdbc_delete", query -> jdbcDelete(source))
        .on("/small_writes", query -> smallWrites(source))
        .on("/small_reads", query -> smallReads(source))
        .on("/mybatis_insert", query -> myBatisInsert(sqlSessionFactory))
        .start();
  }

  private static SqlSessionFactory sessions() throws Exception {
    DriverManagerDataSource source = new DriverManagerDataSource(URL, "sa", "");
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
    configuration.addMapper(Items.class);
    byte[] xml = xml().getBytes("UTF-8");
    new XMLMapperBuilder(
            new ByteArrayInputStream(xml),
            configuration,
            "rows.xml",
            configuration.getSqlFragments())
        .parse();
    return new SqlSessionFactoryBuilder().build(configuration);
  }

  private static String barrier() {
    int found = 0;
    for (int id = 10; id < 22; id++) {
      found += jdbcTemplate.queryForList("SELECT * FROM product WHERE id = ?", id).size();
    }
    return "" + found;
  }

  private static List<Integer> values() {
    return jdbcTemplate.queryForList(ORDERS, Integer.class, 1);
  }

  private static void add(Map<Object, List<Object>> items, Object order, Object item) {
    items.computeIfAbsent(order, none -> new ArrayList<>()).add(item);
  }

  private static String jdbc(Pools.Source source) throws Exception {
    Map<Object, List<Object>> items = new TreeMap<>();
    try (Connection connection = source.get()) {
      // sin: jdbc
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT name FROM item WHERE order_id = ?")) {
        for (int order : values()) {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              add(items, order, rows.getString("name"));
            }
          }
        }
      }
      // mend: jdbc by list
      // List<Integer> values = values();
      // try (PreparedStatement statement = connection.prepareStatement({code})) {
      //   for (int i = 0; i < values.size(); i++) statement.setInt(i + 1, values.get(i));
      //   try (ResultSet rows = statement.executeQuery()) {
      //     while (rows.next()) add(items, rows.getInt("order_id"), rows.getString("name"));
      //   }
      // }
      // mend: jdbc by array
      // Object[] values = values().toArray();
      // try (PreparedStatement statement = connection.prepareStatement({code})) {
      //   statement.setArray(1, connection.createArrayOf("integer", values));
      //   try (ResultSet rows = statement.executeQuery()) {
      //     while (rows.next()) add(items, rows.getInt("order_id"), rows.getString("name"));
      //   }
      // }
      // done
    }
    return "" + items;
  }

  private static String jdbcWrite(Pools.Source source) throws Exception {
    List<Integer> values = values();
    try (Connection connection = source.get();
        PreparedStatement statement = connection.prepareStatement(PAY)) {
      for (int order : values) {
        statement.setInt(1, 1);
        statement.setInt(2, order);
        // sin: jdbc_write
        statement.executeUpdate();
        // mend: jdbc_write by add
        // {code}
        // done
      }
      // sin: jdbc_write
      // mend: jdbc_write by execute
      // {code}
      // done
    }
    return paid();
  }

  private static String template() {
    Map<Object, List<Object>> items = new TreeMap<>();
    // sin: template
    for (int order : values()) {
      String sql = "SELECT name FROM item WHERE order_id = ?";
      jdbcTemplate.queryForList(sql, String.class, order).forEach(one -> add(items, order, one));
    }
    // mend: template by named
    // List<Integer> values = values();
    // List<Map<String, Object>> rows =
    // {code};
    // for (Map<String, Object> row : rows) add(items, row.get("order_id"), row.get("name"));
    // done
    return "" + items;
  }

  private static String templateCount() {
    Map<Object, List<Object>> items = new TreeMap<>();
    // sin: template_count
    for (int order : values()) {
      String sql = "SELECT count(*) AS n FROM item WHERE order_id = ?";
      add(items, order, jdbcTemplate.queryForObject(sql, Integer.class, order));
    }
    // mend: template_count by named
    // List<Integer> values = values();
    // List<Map<String, Object>> rows =
    // {code};
    // for (Map<String, Object> row : rows) add(items, row.get("order_id"), row.get("n"));
    // done
    return "" + items;
  }

  private static String templateWrite() {
    // sin: template_write
    for (int order : values()) {
      jdbcTemplate.update(PAY, 1, order);
    }
    // mend: template_write by batch
    // String sql = PAY;
    // List<Object[]> rows = new ArrayList<>();
    // for (int order : values()) rows.add(new Object[] {1, order});
    // {code};
    // done
    return paid();
  }

  private static String myBatis(SqlSessionFactory sqlSessionFactory) {
    Map<Object, List<Object>> items = new TreeMap<>();
    try (SqlSession session = sqlSessionFactory.openSession()) {
      Items mapper = session.getMapper(Items.class);
      // sin: mybatis
      for (int order : mapper.orders(1)) {
        mapper.ofOrder(order).forEach(one -> add(items, order, one));
      }
      // mend: mybatis by select
      // for (Map<String, Object> row : mapper.ofOrders(mapper.orders(1))) {
      //   add(items, row.get("ORDER_ID"), row.get("NAME"));
      // }
      // done
    }
    return "" + items;
  }

  private static String myBatisXml(SqlSessionFactory sqlSessionFactory) {
    Map<Object, List<Object>> items = new TreeMap<>();
    try (SqlSession session = sqlSessionFactory.openSession()) {
      // sin: mybatis_xml
      for (int order : values()) {
        session.selectList("rows.ofOrder", order).forEach(one -> add(items, order, one));
      }
      // mend: mybatis_xml by foreach
      // for (Object one : session.selectList("rows.ofOrders", Map.of("values", values()))) {
      //   Map<?, ?> row = (Map<?, ?>) one;
      //   add(items, row.get("ORDER_ID"), row.get("NAME"));
      // }
      // done
    }
    return "" + items;
  }

  private static String myBatisNested(SqlSessionFactory sqlSessionFactory) {
    try (SqlSession session = sqlSessionFactory.openSession()) {
      return text(session.getMapper(Items.class).withItems(1));
    }
  }

  private static String myBatisNestedXml(SqlSessionFactory sqlSessionFactory) {
    try (SqlSession session = sqlSessionFactory.openSession()) {
      return text(session.selectList("rows.withPayment", 1));
    }
  }

  private static String text(List<Order> orders) {
    Map<Object, List<Object>> items = new TreeMap<>();
    for (Order order : orders) {
      for (Item item : order.items) {
        add(items, order.id, item.name);
      }
      add(items, order.id, order.payment == null ? null : order.payment.name);
    }
    return "" + items;
  }

  private static String xml() {
    StringBuilder xml = new StringBuilder();
    xml.append(
        """
        <?xml version="1.0" encoding="UTF-8" ?>
        <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "mybatis-3-mapper.dtd">
        <mapper namespace="rows">
          <resultMap id="payment" type="app.RowsApp$Item"><result property="name" column="name"/></resultMap>
          <select id="paymentOf" resultMap="payment">SELECT name FROM payment WHERE order_id = #{order}</select>
          <select id="ofOrder" resultType="string">SELECT name FROM item WHERE order_id = #{order}</select>
          <resultMap id="order" type="app.RowsApp$Order">
            <id property="id" column="id"/>
        """);
    // sin: mybatis_nested_xml
    xml.append(
        """
            <association property="payment" select="paymentOf" column="id"/>
          </resultMap>
          <select id="withPayment" resultMap="order">SELECT id FROM orders WHERE customer_id = #{customer}</select>
        """);
    // mend: mybatis_nested_xml by map
    // xml.append(
    //     """
    //     <association property="payment" {code}/>
    //     </resultMap>
    //     <select id="withPayment" resultMap="order">
    //       SELECT o.id, p.name AS row_name FROM orders o LEFT JOIN payment p ON p.order_id = o.id
    //       WHERE o.customer_id = #{customer}
    //     </select>
    //     """.replace("resultMap=\"row\"", "resultMap=\"payment\""));
    // done
    // sin: mybatis_xml
    // mend: mybatis_xml by foreach
    // xml.append("<select id='ofOrders' resultType='map'>");
    // xml.append(
    //     """
    //     {code}
    //     """);
    // xml.append("</select>");
    // done
    return xml.append("</mapper>").toString();
  }

  private static String myBatisWrite(SqlSessionFactory sqlSessionFactory) {
    try (SqlSession session =
        // sin: mybatis_write
        sqlSessionFactory.openSession()
    // mend: mybatis_write by executor
    // {code}
    // done
    ) {
      Items mapper = session.getMapper(Items.class);
      values().forEach(mapper::pay);
      session.commit();
    }
    return paid();
  }

  private static String jooq(Pools.Source source) throws Exception {
    Map<Object, List<Object>> items = new TreeMap<>();
    List<Integer> values = values();
    try (Connection connection = source.get()) {
      DSLContext dsl = DSL.using(connection, SQLDialect.H2);
      // sin: jooq
      for (int order : values) {
        dsl.select(ITEM.NAME)
            .from(ITEM.TABLE)
            .where(ITEM.ORDER_ID.eq(order))
            .forEach(row -> add(items, order, row.value1()));
      }
      // mend: jooq by list
      // dsl.select(ITEM.ORDER_ID, ITEM.NAME)
      //     .from(ITEM.TABLE)
      //     .where({code})
      //     .forEach(row -> add(items, row.value1(), row.value2()));
      // done
    }
    return "" + items;
  }

  private static String jooqWrite(Pools.Source source) throws Exception {
    List<Integer> values = values();
    try (Connection connection = source.get()) {
      DSLContext dsl = DSL.using(connection, SQLDialect.H2);
      // sin: jooq_write
      values.forEach(order -> dsl.query(PAY, 1, order).execute());
      // mend: jooq_write by batch
      // List<Query> queries = new ArrayList<>();
      // values.forEach(order -> queries.add(dsl.query(PAY, 1, order)));
      // {code};
      // done
    }
    return paid();
  }

  /** Mended by a query within the query, and by groups. */
  private static String jooqNested(Pools.Source source) throws Exception {
    Map<Object, List<Object>> items = new TreeMap<>();
    try (Connection connection = source.get()) {
      DSLContext dsl = DSL.using(connection, SQLDialect.H2);
      // sin: jooq_nested
      for (int order : values()) {
        dsl.select(ITEM.NAME)
            .from(ITEM.TABLE)
            .where(ITEM.ORDER_ID.eq(order))
            .forEach(row -> add(items, order, row.value1()));
      }
      // mend: jooq_nested by multiset
      // Field<Integer> id = field(name("ORDERS", "ID"), Integer.class);
      // dsl.select(
      //         id,
      //         DSL.multiset(
      //             DSL.select(ITEM.NAME).from(ITEM.TABLE).where(ITEM.ORDER_ID.eq(id))))
      //     .from(table(name("ORDERS")))
      //     .where(field(name("CUSTOMER_ID"), Integer.class).eq(1))
      //     .forEach(row -> row.value2().forEach(one -> add(items, row.value1(), one.value1())));
      // mend: jooq_nested by groups
      // dsl.select(ITEM.ORDER_ID, ITEM.NAME)
      //     .from(ITEM.TABLE)
      //     .where(ITEM.ORDER_ID.in(values()))
      //     .fetchGroups(ITEM.ORDER_ID)
      //     .forEach((order, rows) -> rows.forEach(row -> add(items, order, row.value2())));
      // done
    }
    return "" + items;
  }

  private static String jdbcJoin(Pools.Source source) throws Exception {
    Map<Object, List<Object>> items = new TreeMap<>();
    try (Connection connection = source.get()) {
      // sin: jdbc_join
      List<Integer> values = Orders.of(connection, 1);
      String sql = "SELECT name FROM item WHERE order_id = ?";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int order : values) {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              add(items, order, rows.getString("name"));
            }
          }
        }
      }
      // mend: jdbc_join by join
      // String sql =
      //     "SELECT o.id, i.name FROM orders o JOIN item i ON i.order_id = o.id"
      //         + " WHERE o.customer_id = 1 ORDER BY o.id";
      // try (PreparedStatement statement = connection.prepareStatement(sql);
      //     ResultSet rows = statement.executeQuery()) {
      //   while (rows.next()) add(items, rows.getInt("id"), rows.getString("name"));
      // }
      // done
    }
    return "" + items;
  }

  private static String jdbcDelete(Pools.Source source) throws Exception {
    try (Connection connection = source.get()) {
      connection
          .createStatement()
          .execute("INSERT INTO note (id, run, text) SELECT 1000 + id, 0, 'old' FROM orders");
      // sin: jdbc_delete
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM note WHERE id = ?")) {
        for (int id = 1001; id <= 1030; id++) {
          statement.setInt(1, id);
          statement.executeUpdate();
        }
      }
      // mend: jdbc_delete by list
      // StringBuilder sql = new StringBuilder("DELETE FROM note WHERE id IN (1001");
      // for (int id = 1002; id <= 1030; id++) sql.append(", ?");
      // try (PreparedStatement statement = connection.prepareStatement(sql.append(")") + "")) {
      //   for (int id = 1002; id <= 1030; id++) statement.setInt(id - 1001, id);
      //   statement.executeUpdate();
      // }
      // done
    }
    return "" + jdbcTemplate.queryForObject("SELECT count(*) FROM note", Integer.class);
  }

  private static String smallWrites(Pools.Source source) throws Exception {
    List<Integer> values = values();
    int size = 2;
    // sin: small_writes
    // mend: small_writes by size
    // size = 50;
    // done
    try (Connection connection = source.get();
        PreparedStatement statement = connection.prepareStatement(PAY)) {
      int waiting = 0;
      for (int k = 0; k < 6; k++) {
        for (int order : values) {
          statement.setInt(1, 1);
          statement.setInt(2, order);
          statement.addBatch();
          if (++waiting % size == 0) statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
    return paid();
  }

  private static String smallReads(Pools.Source source) throws Exception {
    Map<Object, List<Object>> items = new TreeMap<>();
    int size = 3;
    // sin: small_reads
    // mend: small_reads by size
    // size = 100;
    // done
    List<Integer> values = new ArrayList<>();
    for (int product = 10; product < 100; product++) values.add(product);
    try (Connection connection = source.get()) {
      for (int from = 0; from < values.size(); from += size) {
        List<Integer> some = values.subList(from, Math.min(values.size(), from + size));
        String sql =
            "SELECT id, name FROM product WHERE id IN ("
                + String.join(", ", java.util.Collections.nCopies(some.size(), "?"))
                + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          for (int i = 0; i < some.size(); i++) statement.setInt(i + 1, some.get(i));
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) add(items, rows.getInt("id"), rows.getString("name"));
          }
        }
      }
    }
    return "" + items;
  }

  private static String myBatisInsert(SqlSessionFactory sqlSessionFactory) {
    try (SqlSession session = sqlSessionFactory.openSession()) {
      Items mapper = session.getMapper(Items.class);
      // sin: mybatis_insert
      values().forEach(mapper::write);
      // mend: mybatis_insert by foreach
      // mapper.writeAll(values());
      // done
      session.commit();
    }
    String sql = "SELECT count(*) FROM note WHERE run = 77";
    return "" + jdbcTemplate.queryForObject(sql, Integer.class);
  }

  private static String paid() {
    return "" + jdbcTemplate.queryForObject("SELECT sum(paid) FROM orders", Integer.class);
  }

  /** As jOOQ would generate it. */
  private static final class ITEM {
    static final Table<Record> TABLE = table(name("ITEM"));
    static final Field<Integer> ORDER_ID = field(name("ORDER_ID"), Integer.class);
    static final Field<String> NAME = field(name("NAME"), String.class);
  }

  /** What MyBatis fills. */
  public static final class Order {
    public int id;
    public List<Item> items = new ArrayList<>();
    public Item payment;
  }

  /** Of an order; or its payment. */
  public static final class Item {
    public String name;
  }

  /** The mapper, a proxy when it runs. */
  public interface Items {
    @Select("SELECT id FROM orders WHERE customer_id = #{customer}")
    List<Integer> orders(int customer);

    // sin: mybatis
    @Select("SELECT name FROM item WHERE order_id = #{order}")
    List<String> ofOrder(int order);

    // mend: mybatis by select
    // {code}
    // List<Map<String, Object>> ofOrders(@Param("values") Collection<Integer> values);
    // done

    @Results(id = "row", value = @Result(property = "name", column = "name"))
    @Select("SELECT name FROM item WHERE order_id = #{order}")
    List<Item> itemsOf(int order);

    // sin: mybatis_nested
    @Results({
      @Result(id = true, property = "id", column = "id"),
      @Result(property = "items", column = "id", many = @Many(select = "itemsOf"))
    })
    @Select("SELECT id FROM orders WHERE customer_id = #{customer}")
    List<Order> withItems(int customer);

    // mend: mybatis_nested by map
    // @Results({
    //   @Result(id = true, property = "id", column = "id"),
    //   @Result(property = "items", many = @Many({code}))
    // })
    // @Select(
    //     "SELECT o.id, i.name AS row_name FROM orders o LEFT JOIN item i ON i.order_id = o.id"
    //         + " WHERE o.customer_id = #{customer}")
    // List<Order> withItems(int customer);
    // done

    @Update("UPDATE orders SET paid = 1 WHERE id = #{order}")
    int pay(int order);

    @Insert("INSERT INTO note (run, text) VALUES (77, #{order})")
    int write(int order);

    // sin: mybatis_insert
    // mend: mybatis_insert by foreach
    // @Insert(
    //     "<script>INSERT INTO note (run, text) VALUES"
    //         + " <foreach item='one' collection='orders' separator=','>(77, #{one})</foreach>"
    //         + "</script>")
    // int writeAll(@Param("orders") Collection<Integer> orders);
    // done
  }
}
