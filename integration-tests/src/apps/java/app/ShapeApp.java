package app;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A program and an agent beside: what reflection sees of a driver's classes, a proxy made of their
 * interfaces, and both ways to change a class that is loaded, before and after the agent under test
 * switches its instrumentation off.
 */
public final class ShapeApp {
  private static Instrumentation jvm;

  private ShapeApp() {}

  public static void premain(String arguments, Instrumentation instrumentation) {
    jvm = instrumentation;
  }

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:shapes")) {
      PreparedStatement statement = connection.prepareStatement("SELECT 7");
      System.out.println(value(statement) + " " + state(statement));
      PreparedStatement proxy =
          (PreparedStatement)
              Proxy.newProxyInstance(
                  ShapeApp.class.getClassLoader(),
                  interfaces(statement.getClass()),
                  (self, method, arguments) -> method.invoke(statement, arguments));
      System.out.println(value(proxy) + " by a proxy of " + foreign(statement.getClass()));
      change(connection, statement);
      Method failed =
          Class.forName("dev.atalaya.bridge.Tracing")
              .getMethod("failed", Throwable.class, String.class);
      for (int i = 0; i < 100; i++)
        failed.invoke(null, new IllegalStateException("made up"), "jdbc");
      Thread.sleep(2_000);
      change(connection, statement);
      System.out.println(value(statement) + " at the end");
    }
  }

  private static void change(Object... objects) throws Exception {
    for (Object object : objects) {
      Class<?> type = object.getClass();
      jvm.retransformClasses(type);
      jvm.redefineClasses(new ClassDefinition(type, bytes(type)));
      System.out.println("changed " + type.getName());
    }
  }

  private static int value(PreparedStatement statement) throws Exception {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Where the agent keeps what it knows of an object. */
  private static String state(Object object) throws Exception {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!field.isSynthetic() || !field.getName().contains("atalaya")) continue;
        field.setAccessible(true);
        if (field.get(object) != null) return "in a field";
      }
    }
    return "in no field";
  }

  /** Methods and interfaces that are not the library's. */
  private static List<String> foreign(Class<?> statement) {
    List<String> found = new ArrayList<>();
    for (Class<?> type = statement; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) found.add(method.toString());
    }
    for (Class<?> type : interfaces(statement)) found.add(type.getName());
    found.removeIf(name -> !name.contains("atalaya"));
    return found;
  }

  private static Class<?>[] interfaces(Class<?> statement) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type = statement; type != null; type = type.getSuperclass()) {
      for (Class<?> above : type.getInterfaces()) found.add(above);
    }
    return found.toArray(new Class<?>[0]);
  }

  private static byte[] bytes(Class<?> type) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    try (InputStream in =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      for (int n; (n = in.read(buffer)) > 0; ) bytes.write(buffer, 0, n);
    }
    return bytes.toByteArray();
  }
}
