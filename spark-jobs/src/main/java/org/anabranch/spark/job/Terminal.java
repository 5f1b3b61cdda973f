package org.anabranch.spark.job;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where progress is shown.
 *
 * @param interactive whether somebody watches, so that a line may be drawn over
 * @param colours whether colours are understood and wanted (no-color.org)
 * @param unicode whether blocks can be drawn
 * @param width columns
 */
record Terminal(boolean interactive, boolean colours, boolean unicode, int width) {
  private static final int USUAL_WIDTH = 80;

  static Terminal ofProcess() {
    return of(System.getenv(), isConsole(System.console()));
  }

  static Terminal of(Map<String, String> environment, boolean console) {
    String kind = environment.getOrDefault("TERM", "");
    boolean interactive =
        console && !kind.isEmpty() && !kind.equals("dumb") && !environment.containsKey("CI");
    String language =
        environment.getOrDefault(
            "LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "")));
    return new Terminal(
        interactive,
        interactive && environment.getOrDefault("NO_COLOR", "").isEmpty(),
        language.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"),
        interactive ? askedWidth() : USUAL_WIDTH);
  }

  /** The encoding in which to print there. */
  Charset charset() {
    return unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
  }

  /** From Java 22 on there is a console object without a terminal, and a method that tells. */
  private static boolean isConsole(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  private static int askedWidth() {
    try {
      Process process = new ProcessBuilder("sh", "-c", "stty size < /dev/tty").start();
      process.waitFor(1, TimeUnit.SECONDS);
      String size =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      int width = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
      return width > 0 ? width : USUAL_WIDTH;
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }
}
