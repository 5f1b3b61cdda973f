package org.anabranch.model.node;

import java.util.regex.Pattern;

/**
 * Another library's network that every sample passes before the model's own layers, and that is not
 * trained with them. Its file lies beside {@code model.json}.
 *
 * @param file its name
 * @param sha256 of the file, in hexadecimal
 * @param inputs features of a sample
 * @param outputs what it makes of them
 */
public record FrozenStem(String file, String sha256, int inputs, int outputs) {
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public FrozenStem {
    if (!FILE.matcher(file).matches() || !DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "Stem: file '%s' with SHA-256 '%s'. Give the name of a file beside model.json, and 64 hexadecimal digits."
              .formatted(file, sha256));
    }
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "Stem: from %d to %d numbers. Both must be at least 1.".formatted(inputs, outputs));
    }
  }
}
