// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What the API says when something is wrong.
 */
@RestControllerAdvice(annotations = RestController.class)
public class ApiErrors extends ResponseEntityExceptionHandler {

	@ExceptionHandler
	ProblemDetail unknown(UnknownItemException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail other(IllegalStateException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, "Ask the warehouse");
	}

}
