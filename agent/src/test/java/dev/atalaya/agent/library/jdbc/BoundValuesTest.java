package dev.atalaya.agent.library.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Repeats;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.UUID;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of the values that statements run with, however they were bound. */
class BoundValuesTest {
  private static final String ITEM = "SELECT name FROM item WHERE note = ?";

  /** No number of different values, as one of them was not seen. */
  private static final int UNKNOWN = 0;

  private interface Execution {
    void run(int number) throws Exception;
  }

  private Woven woven;
  private Driver driver;

  @BeforeEach
  void weave() throws Exception {
    woven = Woven.with(new JdbcInstrumentation());
    Class<? extends Driver> type =
        new ByteBuddy()
            .subclass(Driver.class)
            .name("dev.atalaya.agent.library.jdbc.DriverStatement")
            .method(ElementMatchers.isAbstract().or(ElementMatchers.isDefaultMethod()))
            .intercept(StubMethod.INSTANCE)
            .make()
            .load(Driver.class.getClassLoader())
            .getLoaded();
    driver = type.getDeclaredConstructor().newInstance();
  }

  @AfterEach
  void close() {
    woven.close();
  }

  static Stream<Method> setters() {
    return Stream.of(CallableStatement.class.getMethods())
        .filter(method -> method.getName().startsWith("set"))
        .filter(method -> method.getParameterCount() > 1);
  }

  @ParameterizedTest
  @MethodSource("setters")
  void no_setter_of_jdbc_leaves_the_value_before(Method setter) throws Exception {
    boolean named = setter.getParameterTypes()[0] == String.class;
    int distinct =
        distinct(
            ITEM,
            i -> {
              if (i == 0 && named) driver.setString("note", "before");
              if (i == 0) driver.setString(1, "before");
              else setter.invoke(driver, arguments(setter, named ? "note" : 1, i));
            });
    String name = setter.getName();
    boolean seen = !name.matches(".*(Stream|Blob|Clob|Array|Ref|RowId|SQLXML)");
    if (!seen) assertEquals(UNKNOWN, distinct);
    else if (name.equals("setNull")) assertEquals(2, distinct);
    else assertTrue(distinct >= 3, "distinct " + distinct);
  }

  /** The parameter, then values that differ with {@code number}, from 1. */
  private static Object[] arguments(Method setter, Object parameter, int number) throws Exception {
    Class<?>[] types = setter.getParameterTypes();
    Object[] arguments = new Object[types.length];
    arguments[0] = parameter;
    for (int i = 1; i < types.length; i++) arguments[i] = i == 1 ? value(types[1], number) : 1;
    for (int i = 2; i < types.length; i++) {
      if (types[i] == Calendar.class || types[i] == String.class) arguments[i] = null;
      if (types[i] == SQLType.class) arguments[i] = JDBCType.VARCHAR;
      if (types[i] == long.class) arguments[i] = 1L;
    }
    return arguments;
  }

  private static Object value(Class<?> type, int number) throws Exception {
    if (type == boolean.class) return number % 2 == 0;
    if (type == byte.class) return (byte) number;
    if (type == short.class) return (short) number;
    if (type == int.class) return number;
    if (type == long.class) return (long) number;
    if (type == float.class) return number / 2f;
    if (type == double.class) return number / 2d;
    if (type == BigDecimal.class) return BigDecimal.valueOf(number);
    if (type == String.class || type == Object.class) return "value " + number;
    if (type == byte[].class) return new byte[] {(byte) number};
    if (type == URL.class) return new URL("http://nowhere.invalid/" + number);
    if (type == Date.class) return new Date(86_400_000L * number);
    if (type == Time.class) return new Time(1_000L * number);
    if (type == Timestamp.class) return new Timestamp(1_000L * number);
    if (type == Reader.class) return new StringReader("value " + number);
    if (type == InputStream.class) return new ByteArrayInputStream(new byte[] {(byte) number});
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> null);
  }

  @Test
  void values_are_told_by_what_they_hold() throws Exception {
    UUID id = UUID.randomUUID();
    assertEquals(1, distinct(ITEM, i -> driver.setObject(1, UUID.fromString(id.toString()))));
    assertEquals(1, distinct(ITEM, i -> driver.setBytes(1, new byte[] {1, 2})));
    assertEquals(1, distinct(ITEM, i -> driver.setString("note", new String("same"))));
    assertEquals(UNKNOWN, distinct(ITEM, i -> driver.setObject(1, new Object())));
    assertEquals(UNKNOWN, distinct(ITEM, i -> driver.setString(1, "x".repeat(300) + i)));
    assertEquals(UNKNOWN, distinct(ITEM, i -> driver.setBytes(1, new byte[300])));
  }

  @Test
  void a_setter_of_the_drivers_own_makes_the_value_unknown() throws Exception {
    assertEquals(UNKNOWN, distinct(ITEM, i -> driver.setFixedCHAR(1, "value " + i)));
    assertEquals(
        UNKNOWN,
        distinct(
            ITEM,
            i -> {
              if (i == 0) driver.setNull(1, Types.CHAR);
              else driver.setFixedCHAR(1, "value " + i);
            }));
    assertEquals(
        UNKNOWN,
        distinct(
            ITEM,
            i -> {
              if (i == 0) driver.setString(1, "before");
              else driver.setStringAtName("note", "value " + i);
            }));
  }

  @Test
  void a_setter_that_works_by_the_drivers_own_still_tells_it() throws Exception {
    assertEquals(5, distinct(ITEM, i -> driver.setString(1, "value " + i)));
    assertEquals(1, distinct(ITEM, i -> driver.setString(1, "value")));
  }

  @Test
  void former_values_are_the_same_until_they_are_cleared() throws Exception {
    assertEquals(
        1,
        distinct(
            ITEM,
            i -> {
              if (i == 0) driver.setString(1, "value");
            }));
    assertEquals(
        UNKNOWN,
        distinct(
            ITEM,
            i -> {
              if (i == 0) driver.setString(1, "value");
              if (i == 1) driver.clearParameters();
            }));
  }

  @Test
  void a_placeholder_that_nothing_was_bound_to_is_unknown() throws Exception {
    assertEquals(UNKNOWN, distinct(ITEM, i -> {}));
    assertEquals(UNKNOWN, distinct(ITEM + " AND id = ?", i -> driver.setInt(2, i)));
    assertEquals(5, distinct(ITEM + " AND id = ?", i -> bind(7, i)));
    assertEquals(UNKNOWN, distinct("SELECT 1 FROM item", i -> driver.setInt(1, i)));
    assertEquals(
        UNKNOWN,
        distinct(
            "SELECT 1 FROM item WHERE id = ?" + " OR id = ?".repeat(69),
            i -> {
              for (int p = 1; p <= 70; p++) driver.setInt(p, p == 70 ? i : 0);
            }));
  }

  private void bind(int first, int second) throws SQLException {
    driver.setInt(1, first);
    driver.setInt(2, second);
  }

  @Test
  void what_a_call_takes_back_is_no_unknown_value() throws Exception {
    String call = "{call total(?, ?)}";
    assertEquals(
        5,
        distinct(
            call,
            i -> {
              driver.setInt(1, i);
              driver.registerOutParameter(2, Types.INTEGER);
            }));
    assertEquals(
        1,
        distinct(
            call,
            i -> {
              driver.setInt("item", 7);
              driver.registerOutParameter("total", Types.DECIMAL, 2);
            }));
    assertEquals(
        5,
        distinct(
            call,
            i -> {
              driver.setInt("item", 7);
              driver.setInt("Total", i);
              driver.registerOutParameter("total", Types.INTEGER);
            }));
  }

  @Test
  void a_batch_of_one_is_told_by_its_values() throws Exception {
    assertEquals(
        UNKNOWN,
        distinct(
            "INSERT INTO item (note) VALUES (?)",
            i -> {
              driver.setCharacterStream(1, new StringReader("note " + i));
              driver.addBatch();
            },
            PreparedStatement::executeBatch));
  }

  @Test
  void a_real_driver_tells_them_too() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:bound", "sa", "")) {
      connection.createStatement().execute("CREATE TABLE item (name INT, note VARCHAR(50))");
      PreparedStatement statement = connection.prepareStatement(ITEM);
      Execution stream = i -> statement.setCharacterStream(1, new StringReader("note " + i));
      assertEquals(UNKNOWN, distinct(statement, stream, PreparedStatement::executeQuery));
      Execution typed = i -> statement.setObject(1, "note " + i, JDBCType.VARCHAR);
      assertEquals(5, distinct(statement, typed, PreparedStatement::executeQuery));
      Execution same = i -> statement.setNString(1, "note");
      assertEquals(1, distinct(statement, same, PreparedStatement::executeQuery));
    }
  }

  // ----------------------------------------------------------------------------------------------

  private interface Run {
    void of(PreparedStatement statement) throws SQLException;
  }

  private int distinct(String sql, Execution bind) throws Exception {
    return distinct(sql, bind, PreparedStatement::executeQuery);
  }

  private int distinct(String sql, Execution bind, Run run) throws Exception {
    woven.tracer().preparing();
    woven.tracer().prepared(new Object(), driver, sql);
    return distinct(driver, bind, run);
  }

  /** Of five executions. */
  private int distinct(PreparedStatement statement, Execution bind, Run run) throws Exception {
    int before = woven.clientSpans().size();
    woven.inRequest(
        () -> {
          for (int i = 0; i < 5; i++) {
            bind.run(i);
            run.of(statement);
          }
          return null;
        });
    Repeats repeats = woven.clientSpans().get(before).statistics().repeats();
    return repeats.distinct();
  }

  /** A statement with setters that no interface has; what it inherits is made for the test. */
  public abstract static class Driver implements CallableStatement {
    public void setFixedCHAR(int parameter, String value) {}

    public void setStringAtName(String name, String value) {}

    public static void setDefaults(int parameter, String value) {}

    @Override
    public void setString(int parameter, String value) {
      setFixedCHAR(parameter, value);
    }
  }
}
