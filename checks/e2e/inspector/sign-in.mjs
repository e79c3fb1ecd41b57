// SPDX-License-Identifier: Apache-2.0

// The pages of the sample on which somebody signs in and consents.

export async function signIn(page, user, password = user) {
  await page.waitForURL(/\/login/);
  await page.getByPlaceholder('Username').fill(user);
  await page.getByPlaceholder('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

// Resolves to what the page says
export async function decide(page, button) {
  await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
  const text = await page.locator('main').innerText();
  await page.getByRole('button', { name: button }).click();
  return text;
}
