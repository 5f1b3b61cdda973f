package org.anabranch.spark.data;

import java.io.Serializable;

/**
 * A picture that was found.
 *
 * @param path as Hadoop writes it
 * @param relative to the folder of the classes
 * @param shown as the user would open it
 */
record ImageFile(String path, String relative, String shown, int label, long bytes)
    implements Serializable {}
