package org.anabranch.spark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON that a run leaves behind: objects in the order in which they were put together. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Over several lines, for a file that people open. */
  static byte[] document(Map<String, ?> object) {
    try {
      String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new AssertionError("maps of text and numbers have a form in JSON", e);
    }
  }

  /** On one line. */
  static String line(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new AssertionError("maps of text and numbers have a form in JSON", e);
    }
  }

  /**
   * An object that this class wrote.
   *
   * @throws IOException if the text is no JSON object
   */
  static Map<String, Object> object(byte[] text) throws IOException {
    return MAPPER.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  /** A number that JSON has: null stands for those that it has not. */
  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** The number under a key of a line. */
  static long whole(String line, String key) {
    try {
      return MAPPER.readTree(line).path(key).asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
