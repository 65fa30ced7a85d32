package app;

import java.io.File;
import org.jboss.modules.LocalModuleLoader;
import org.jboss.modules.Module;

/** H2 as the module of that name, in the folder of modules that is the argument. */
public final class JBossModulesApp {
  private JBossModulesApp() {}

  public static void main(String[] args) throws Exception {
    Module h2 = new LocalModuleLoader(new File[] {new File(args[0])}).loadModule("h2");
    Isolated.web(Class.forName("org.h2.Driver", true, h2.getClassLoader())).start();
  }
}
