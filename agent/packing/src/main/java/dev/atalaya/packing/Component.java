package dev.atalaya.packing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A library as its POM has it, which lies beside its jar in a Maven repository.
 *
 * @param licences their names; of several, any may be chosen
 */
record Component(String group, String name, String version, List<String> licences) {
  static final Comparator<Component> BY_NAME = Comparator.comparing(Component::toString);

  private static final String DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  static Component of(Path jar) throws IOException {
    String file = jar.getFileName().toString().replaceAll("\\.jar$", ".pom");
    Element pom = read(jar.resolveSibling(file));
    String group = inherited(pom, "groupId");
    Path repository = jar.resolve("../../..");
    for (int i = 0; i < group.split("\\.").length; i++) repository = repository.resolve("..");
    repository = repository.normalize();
    return new Component(
        group, text(pom, "artifactId"), inherited(pom, "version"), licences(pom, repository));
  }

  @Override
  public String toString() {
    return group + ":" + name + ":" + version;
  }

  /** Its own, else the nearest parent's that has any, as in Maven. */
  private static List<String> licences(Element pom, Path repository) throws IOException {
    List<String> names = new ArrayList<>();
    for (Element list : children(pom, "licenses")) {
      for (Element licence : children(list, "license")) names.add(text(licence, "name"));
    }
    List<Element> parent = children(pom, "parent");
    if (!names.isEmpty() || parent.isEmpty()) return names;
    String name = text(parent.get(0), "artifactId");
    String version = text(parent.get(0), "version");
    Path folder = repository.resolve(text(parent.get(0), "groupId").replace('.', '/'));
    Path file = folder.resolve(name).resolve(version).resolve(name + "-" + version + ".pom");
    return licences(read(file), repository);
  }

  private static Element read(Path pom) throws IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    try {
      factory.setFeature(DOCTYPE, true);
      return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("cannot read " + pom, e);
    }
  }

  private static String inherited(Element pom, String tag) {
    return text(children(pom, tag).isEmpty() ? children(pom, "parent").get(0) : pom, tag);
  }

  private static String text(Element parent, String tag) {
    return children(parent, tag).get(0).getTextContent().trim();
  }

  private static List<Element> children(Element parent, String tag) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeName().equals(tag))
        .map(Element.class::cast)
        .toList();
  }
}
