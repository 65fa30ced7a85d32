package dev.atalaya.it;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server's and a client's self-signed certificate, made with keytool; each side trusts the
 * other's.
 */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final boolean mutual;

  private Certificates(Path folder, boolean mutual) {
    this.folder = folder;
    this.mutual = mutual;
  }

  public static Certificates oneSided(Path folder) throws Exception {
    return new Certificates(folder, false).make();
  }

  /** The server demands the client's certificate. */
  public static Certificates mutual(Path folder) throws Exception {
    return new Certificates(folder, true).make();
  }

  public boolean mutual() {
    return mutual;
  }

  /** PEM, for otel.exporter.otlp.certificate. */
  public Path serverCertificate() {
    return folder.resolve("server.pem");
  }

  public Path clientCertificate() {
    return folder.resolve("client.pem");
  }

  /** PKCS#8 in PEM. */
  public Path clientKey() {
    return folder.resolve("client.key");
  }

  public KeyManagerFactory serverKeys() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("server"), PASSWORD);
    return keys;
  }

  public TrustManagerFactory trust() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", store("client").getCertificate("client"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust;
  }

  public SSLContext serverContext() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(serverKeys().getKeyManagers(), trust().getTrustManagers(), null);
    return context;
  }

  private Certificates make() throws Exception {
    for (String name : List.of("server", "client")) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(
          List.of(
              "-genkeypair",
              "-alias",
              name,
              "-keyalg",
              "EC",
              "-groupname",
              "secp256r1",
              "-dname",
              "CN=localhost",
              "-ext",
              "san=dns:localhost,ip:127.0.0.1",
              "-validity",
              "2",
              "-storetype",
              "PKCS12",
              "-keystore",
              folder.resolve(name + ".p12").toString(),
              "-storepass",
              new String(PASSWORD)));
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(keytool.getInputStream().readAllBytes());
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + output);
      }
      KeyStore store = store(name);
      pem(folder.resolve(name + ".pem"), "CERTIFICATE", store.getCertificate(name).getEncoded());
      pem(folder.resolve(name + ".key"), "PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded());
    }
    return this;
  }

  private KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void pem(Path file, String kind, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
