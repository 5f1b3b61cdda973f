package org.anabranch.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Versions of what is on the class path, from the files in which the jars say them. */
final class Libraries {
  private Libraries() {}

  /** Of Spark; empty if it is not there. Starts nothing of Spark. */
  static String spark() {
    return property("/spark-version-info.properties", "version");
  }

  /** Of the Hadoop client; empty if it is not there. */
  static String hadoop() {
    return property("/common-version-info.properties", "version");
  }

  private static String property(String resource, String key) {
    Properties properties = new Properties();
    try (InputStream stream = Libraries.class.getResourceAsStream(resource)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      return "";
    }
    return properties.getProperty(key, "");
  }
}
