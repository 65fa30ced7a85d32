package dev.atalaya.agent.config;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The live options as they are now, for who looks at them and changes them. */
public final class Settings {
  private final Options options;

  public Settings(Options options) {
    this.options = options;
  }

  /**
   * {@code settings}, each with {@code key}, {@code value}, {@code default}, {@code what} and
   * {@code fixed}, where only a start changes it; {@code lines}, what was changed since the start
   * as the file would have it; {@code changeable}, whether there is a token to change them with.
   */
  public Map<String, Object> json() {
    List<Object> settings = new ArrayList<>();
    for (Option<?> option : Options.all()) {
      if (!option.isLive() || option.isSecret()) continue;
      settings.add(setting(option.key(), option));
      if (option != Options.SLOW_REQUEST) continue;
      for (String route : options.slowRoutes().keySet()) {
        settings.add(setting(Options.ROUTE_PREFIX + route, option));
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("changeable", !options.get(Options.CONSOLE_TOKEN).isEmpty());
    json.put("settings", settings);
    json.put("lines", lines(options.changed()));
    return json;
  }

  private Map<String, Object> setting(String key, Option<?> option) {
    Map<String, Object> setting = new LinkedHashMap<>();
    setting.put("key", key);
    setting.put("value", options.written(key, option));
    setting.put("default", option.defaultText());
    setting.put("what", option.sentence());
    setting.put("fixed", options.isFixed(key));
    return setting;
  }

  private static List<String> lines(Map<String, String> changed) {
    List<String> lines = new ArrayList<>();
    changed.forEach(
        (key, value) -> {
          Properties one = new Properties();
          one.setProperty(key, value);
          StringWriter written = new StringWriter();
          try {
            one.store(written, null);
          } catch (IOException never) {
            throw new IllegalStateException(never);
          }
          for (String line : written.toString().split("\\R")) {
            if (!line.startsWith("#")) lines.add(line); // the time
          }
        });
    return lines;
  }
}
