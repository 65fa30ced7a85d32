package dev.atalaya.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * In which versions of a library the tests have seen an instrumentation work, what it captures, and
 * what it does not.
 *
 * <p>Rules are checked against these versions, docs/libraries.md is printed from this, and the
 * doctor names them where it finds the library in another version, into which nothing could be
 * woven.
 */
public final class Coverage {
  private static final String JDK = "JDK:";

  private final Set<Captured> captured = EnumSet.noneOf(Captured.class);
  private final List<Product> products = new ArrayList<>();
  private final List<String> limits = new ArrayList<>();

  public static Coverage of(Captured... captured) {
    Coverage coverage = new Coverage();
    coverage.captured.addAll(Arrays.asList(captured));
    return coverage;
  }

  /**
   * @param name as its makers call it
   * @param coordinates group:artifact:version, as the tests have them, the oldest first
   */
  public Coverage library(String name, String... coordinates) {
    products.add(new Product(name, Arrays.asList(coordinates)));
    return this;
  }

  /** A part of the JDK, in the releases that the tests run on. */
  public Coverage jdk(String name, int oldest, int newest) {
    products.add(new Product(name, Arrays.asList(JDK + oldest, JDK + newest)));
    return this;
  }

  /** What is built along with the agent. */
  public Coverage own(String name) {
    products.add(new Product(name, new ArrayList<>()));
    return this;
  }

  /** What is not captured, as a sentence. */
  public Coverage limit(String sentence) {
    limits.add(sentence);
    return this;
  }

  Set<Captured> captured() {
    return captured;
  }

  List<Product> products() {
    return products;
  }

  List<String> limits() {
    return limits;
  }

  /** {@code Jedis 3.0.0 to 8.0.2}, more of them with commas between. */
  String versions() {
    StringJoiner all = new StringJoiner(", ");
    for (Product product : products) all.add(product.toString());
    return all.toString();
  }

  /** One library of those that an instrumentation is for. */
  static final class Product {
    final String name;
    final List<String> coordinates;

    Product(String name, List<String> coordinates) {
      this.name = name;
      this.coordinates = coordinates;
    }

    boolean isOfJdk() {
      return !coordinates.isEmpty() && coordinates.get(0).startsWith(JDK);
    }

    /** The oldest and the newest; empty where it has no versions of its own. */
    String versions() {
      if (coordinates.isEmpty()) return "";
      String oldest = version(coordinates.get(0));
      String newest = version(coordinates.get(coordinates.size() - 1));
      return oldest.equals(newest) ? oldest : oldest + " to " + newest;
    }

    @Override
    public String toString() {
      return coordinates.isEmpty() ? name : name + " " + versions();
    }

    /** Without what only says that it is a release, and when it was made. */
    private static String version(String coordinate) {
      String version = coordinate.substring(coordinate.lastIndexOf(':') + 1);
      return version.replaceFirst("\\.(RELEASE|Final|v\\d+)$", "");
    }
  }
}
