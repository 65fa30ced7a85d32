package dev.atalaya.agent.docs;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.config.Options;
import org.junit.jupiter.api.Test;

/** README's table of options is that of the code. */
class ConfigurationDocTest {
  @Test
  void the_readme_lists_all_options() throws Exception {
    StringBuilder table = new StringBuilder("| option | default | what |\n|---|---|---|\n");
    for (Option<?> option : Options.all()) {
      table.append("| `").append(option.key()).append("` | ");
      if (!option.defaultText().isEmpty())
        table.append('`').append(option.defaultText()).append('`');
      table.append(" | ").append(option.isLive() ? "*live* " : "").append(option.sentence());
      table.append(" |\n");
    }
    table.append("| `").append(Options.INSTRUMENTATION_PREFIX).append("<name>.enabled` | `true` |");
    table.append(" One library off; docs/libraries.md has the names. |\n");
    new PrintedPage("README.md", "options").mustRead(table.toString());
  }
}
