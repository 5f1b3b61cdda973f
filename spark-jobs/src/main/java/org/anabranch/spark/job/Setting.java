package org.anabranch.spark.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A setting as a run records it.
 *
 * @param written HOCON that gives the value again, secret parts by name; empty if it is left open
 * @param shown for people; secret parts by name
 * @param digest of the value itself
 */
record Setting(
    String key, String written, String shown, Place place, Parameter.Effect effect, String digest) {
  static <T> Setting of(Parameter<T> parameter, Reading<T> reading) {
    return new Setting(
        parameter.key(),
        reading.written(),
        reading.shown(),
        reading.place(),
        parameter.effect(),
        sha256(parameter.type().write(reading.value())));
  }

  /** A line of the configuration that a run leaves behind. */
  String line() {
    if (written.isEmpty()) {
      return "# %s: %s".formatted(key, shown);
    }
    // A line would count as the user's choice, and win over that of spark-submit.
    boolean unchosen = key.equals(Settings.SPARK_MASTER.key()) && !place.isWritten();
    return "%s%s = %s  # %s".formatted(unchosen ? "# " : "", key, written, place);
  }

  /** What a record compares: the value, or the words for one that is left open. */
  String recorded() {
    return written.isEmpty() ? shown : written;
  }

  static String fingerprint(List<Setting> settings) {
    StringBuilder text = new StringBuilder();
    for (Setting setting : settings) {
      if (setting.effect() == Parameter.Effect.RESULT) {
        text.append(setting.key()).append('=').append(setting.digest()).append('\n');
      }
    }
    return sha256(text.toString());
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
