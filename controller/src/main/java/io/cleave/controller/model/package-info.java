/** The networks that devices speak of: from the zoo, or from a folder of ONNX files. */
@NullMarked
package io.cleave.controller.model;

import org.jspecify.annotations.NullMarked;
