package dev.atalaya.libraries;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * Class paths of published libraries, resolved while a test runs, so that many versions of one
 * library stand side by side.
 */
public final class Libraries {
  private static final RepositorySystem SYSTEM = new RepositorySystemSupplier().get();
  private static final DefaultRepositorySystemSession SESSION = session();
  private static final List<RemoteRepository> REPOSITORIES =
      SYSTEM.newResolutionRepositories(
          SESSION,
          List.of(
              new RemoteRepository.Builder(
                      "central", "default", "https://repo.maven.apache.org/maven2")
                  .build()));
  private static final Map<List<String>, List<Path>> RESOLVED = new ConcurrentHashMap<>();

  private Libraries() {}

  /** The jars of these coordinates (group:artifact:version) and of all they need at run time. */
  public static List<Path> classPath(List<String> coordinates) {
    return RESOLVED.computeIfAbsent(coordinates, Libraries::resolve);
  }

  public static List<Path> classPath(String... coordinates) {
    return classPath(List.of(coordinates));
  }

  /** One artifact's file (group:artifact[:extension[:classifier]]:version). */
  public static Path file(String coordinate) {
    try {
      ArtifactRequest request =
          new ArtifactRequest(new DefaultArtifact(coordinate), REPOSITORIES, null);
      return SYSTEM.resolveArtifact(SESSION, request).getArtifact().getFile().toPath();
    } catch (Exception e) {
      throw new IllegalStateException("cannot resolve " + coordinate + ": " + e.getMessage(), e);
    }
  }

  /** Where all of them are kept. */
  public static Path repository() {
    return SESSION.getLocalRepository().getBasedir().toPath();
  }

  private static List<Path> resolve(List<String> coordinates) {
    if (coordinates.isEmpty()) {
      return List.of();
    }
    CollectRequest collect = new CollectRequest();
    collect.setRepositories(REPOSITORIES);
    for (String coordinate : coordinates) {
      Artifact artifact = new DefaultArtifact(coordinate);
      collect.addDependency(new Dependency(artifact, JavaScopes.RUNTIME));
    }
    try {
      List<Path> files = new ArrayList<>();
      DependencyRequest request =
          new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
      for (ArtifactResult result :
          SYSTEM.resolveDependencies(SESSION, request).getArtifactResults()) {
        File file = result.getArtifact().getFile();
        if (file.getName().endsWith(".jar")) {
          files.add(file.toPath());
        }
      }
      return List.copyOf(files);
    } catch (Exception e) {
      throw new IllegalStateException("cannot resolve " + coordinates + ": " + e.getMessage(), e);
    }
  }

  private static DefaultRepositorySystemSession session() {
    Settings settings = settings();
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    String home = System.getProperty("user.home");
    String local = System.getProperty("maven.repo.local", settings.getLocalRepository());
    LocalRepository repository =
        new LocalRepository(local == null || local.isEmpty() ? home + "/.m2/repository" : local);
    session.setLocalRepositoryManager(SYSTEM.newLocalRepositoryManager(session, repository));
    session.setSystemProperties(System.getProperties());
    session.setConfigProperty("aether.connector.requestTimeout", 60_000);
    DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
    for (Mirror mirror : settings.getMirrors()) {
      mirrors.add(
          mirror.getId(),
          mirror.getUrl(),
          "default",
          false,
          mirror.isBlocked(),
          mirror.getMirrorOf(),
          "");
    }
    session.setMirrorSelector(mirrors);
    DefaultProxySelector proxies = new DefaultProxySelector();
    settings.getProxies().stream()
        .filter(proxy -> proxy.isActive())
        .forEach(
            proxy ->
                proxies.add(
                    new org.eclipse.aether.repository.Proxy(
                        proxy.getProtocol(), proxy.getHost(), proxy.getPort()),
                    proxy.getNonProxyHosts()));
    session.setProxySelector(proxies);
    session.setAuthenticationSelector(
        remote -> {
          Server server = settings.getServer(remote.getId());
          return server == null || server.getUsername() == null
              ? null
              : new AuthenticationBuilder()
                  .addUsername(server.getUsername())
                  .addPassword(server.getPassword())
                  .build();
        });
    return session;
  }

  private static Settings settings() {
    Path user = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
    if (!Files.isReadable(user)) {
      return new Settings();
    }
    try {
      DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
      request.setUserSettingsFile(user.toFile());
      request.setSystemProperties(System.getProperties());
      return new DefaultSettingsBuilderFactory()
          .newInstance()
          .build(request)
          .getEffectiveSettings();
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + user, e);
    }
  }
}
