/** A picture that the browser cannot read; the reader is told the file's name. */
export class NotAPicture extends Error {}

/** Longest side in pixels when the form does not say (`max-pixels`). */
const usual = 1600

const canvas = (width: number, height: number): HTMLCanvasElement => Object.assign(document.createElement('canvas'), { width, height })

/**
 * Makes a photo small enough to be sent from the field: longest side at most `limit` pixels, JPEG at quality 0.8.
 * Drawing it anew leaves out everything the camera wrote beside the picture (place, device, time).
 * @throws NotAPicture when the bytes are not a picture, whatever the name says
 */
export const shrink = async (file: Blob, limit: number | null): Promise<Blob> => {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new NotAPicture()
  })
  try {
    const scale = Math.min(1, (limit ?? usual) / Math.max(bitmap.width, bitmap.height))
    const width = Math.max(1, Math.round(bitmap.width * scale))
    const height = Math.max(1, Math.round(bitmap.height * scale))
    const sheet = canvas(width, height)
    const pen = sheet.getContext('2d')
    if (!pen) throw new NotAPicture()
    // JPEG has no transparency; without this a transparent ground turns black.
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, width, height)
    pen.imageSmoothingQuality = 'high'
    pen.drawImage(bitmap, 0, 0, width, height)
    const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, 'image/jpeg', 0.8))
    if (!blob) throw new NotAPicture()
    return blob
  } finally {
    bitmap.close()
  }
}
