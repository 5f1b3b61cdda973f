/**
 * What models of paths share: the shape and the sets of paths, the neural controlled equation that
 * reads them, and the contract of a model that is trained on some and draws others. Begin with
 * {@link org.anabranch.model.paths.PathModel}.
 *
 * <p>May import: the rooms from {@code graph} to {@code train}.
 */
@NullMarked
package org.anabranch.model.paths;

import org.jspecify.annotations.NullMarked;
