package org.anabranch.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checkpoint as a {@link Safetensors} file. Its metadata hold the round and the SHA-256 of the
 * whole file in which the digest itself is written as 64 zeros, so that damage anywhere is seen, in
 * the description too. In Python:
 *
 * <pre>  sha256(file.replace(digest, b"0" * 64)).hexdigest() == digest  </pre>
 */
final class CheckpointFile {
  private static final String ROUND = Checkpoint.RESERVED + "round";
  private static final String DIGEST = Checkpoint.RESERVED + "sha256";
  private static final String ZEROS = "0".repeat(64);
  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{9,18})\\.safetensors");

  private CheckpointFile() {}

  /** {@code checkpoint-000000123.safetensors}. */
  static String name(long round) {
    return "checkpoint-%09d.safetensors".formatted(round);
  }

  /** The round that a file's name tells; -1 if it is no name of a checkpoint. */
  static long round(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  static byte[] encode(Checkpoint checkpoint) {
    Map<String, Tensor> tensors = new TreeMap<>();
    checkpoint
        .arrays()
        .forEach(
            (name, values) -> tensors.put(name, Tensor.ofDoubles(List.of(values.length), values)));
    Map<String, String> metadata = new TreeMap<>(checkpoint.metadata());
    metadata.put(ROUND, String.valueOf(checkpoint.round()));
    metadata.put(DIGEST, ZEROS);
    byte[] file = new Safetensors(tensors, metadata).toBytes();
    int at = digestAt(file);
    byte[] digest = digest(file, at).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digest, 0, file, at, digest.length);
    return file;
  }

  /**
   * The checkpoint in a file.
   *
   * @param name of the file, which tells the round
   * @param location of the file, for errors
   * @throws IOException if it is damaged or no checkpoint
   */
  static Checkpoint decode(byte[] file, String name, String location) throws IOException {
    Safetensors content = Safetensors.read(file, location);
    Map<String, String> metadata = new TreeMap<>(content.metadata());
    String expected = metadata.remove(DIGEST);
    String round = metadata.remove(ROUND);
    if (expected == null || round == null) {
      throw new IOException(
          "%s: it is no checkpoint of Anabranch; its metadata are %s. Move it out of the folder."
              .formatted(location, content.metadata().keySet()));
    }
    requireDigest(file, expected, location);
    if (!round.equals(String.valueOf(round(name)))) {
      throw new IOException(
          "%s: it holds round %s, not the one of its name. Rename it to what it was."
              .formatted(location, round));
    }
    try {
      Map<String, double[]> arrays = new TreeMap<>();
      content.tensors().forEach((key, tensor) -> arrays.put(key, tensor.doubles()));
      return Checkpoint.of(round(name), arrays, metadata);
    } catch (IllegalArgumentException | IllegalStateException e) { // whole, but not of our making
      throw new IOException(
          "%s: it is no checkpoint of Anabranch (%s) Move it out of the folder."
              .formatted(location, e.getMessage()),
          e);
    }
  }

  private static void requireDigest(byte[] file, String expected, String location)
      throws IOException {
    int at = digestAt(file);
    String actual = at < 0 ? "not to be found" : digest(file, at);
    if (!actual.equals(expected)) {
      throw new IOException(
          "%s: its SHA-256 is %s, its metadata say %s. It is damaged: delete it or restore a copy."
              .formatted(location, actual, expected));
    }
  }

  /**
   * Where the digest's 64 characters start; -1 if there are none. Quotes inside names and values
   * are escaped, so what is searched for can only be the key itself.
   */
  private static int digestAt(byte[] file) {
    byte[] key = ('"' + DIGEST + "\":\"").getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at + key.length + ZEROS.length() <= file.length; at++) {
      if (matches(file, at, key)) {
        return at + key.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] file, int at, byte[] key) {
    for (int i = 0; i < key.length; i++) {
      if (file[at + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  /** The digest of a file in which 64 characters count as zeros. */
  private static String digest(byte[] file, int at) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(file, 0, at);
      digest.update(ZEROS.getBytes(StandardCharsets.US_ASCII));
      digest.update(file, at + ZEROS.length(), file.length - at - ZEROS.length());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("CheckpointFile: every Java platform has SHA-256", e);
    }
  }
}
