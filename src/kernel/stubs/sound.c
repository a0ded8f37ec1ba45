/*
 * Sound cards: disconnecting stops what plays, freeing waits until every file is closed.
 */

#include <sound/core.h>
#include <sound/pcm.h>

extern int holdwait_any;

int snd_card_register(struct snd_card *card)
{
	struct snd_device *dev;
	int ret = holdwait_add_class_device(&card->card_dev);

	if (!ret)
		ret = dev->ops->dev_register(dev);
	mutex_lock(&snd_card_mutex);
	mutex_unlock(&snd_card_mutex);
	return ret;
}

/* The caller holds the lock of the stream. */
int snd_pcm_stop(struct snd_pcm_substream *substream, snd_pcm_state_t state)
{
	return substream->ops->trigger(substream, SNDRV_PCM_TRIGGER_STOP);
}

int snd_pcm_stop_xrun(struct snd_pcm_substream *substream)
{
	unsigned long flags;
	int ret;

	snd_pcm_stream_lock_irqsave(substream, flags);
	ret = snd_pcm_stop(substream, SNDRV_PCM_STATE_XRUN);
	snd_pcm_stream_unlock_irqrestore(substream, flags);
	return ret;
}

/* An underrun that it finds stops the stream. */
void snd_pcm_period_elapsed(struct snd_pcm_substream *substream)
{
	unsigned long flags;

	snd_pcm_stream_lock_irqsave(substream, flags);
	substream->ops->pointer(substream);
	snd_pcm_stop(substream, SNDRV_PCM_STATE_XRUN);
	snd_pcm_stream_unlock_irqrestore(substream, flags);
}

int snd_pcm_suspend_all(struct snd_pcm *pcm)
{
	struct snd_pcm_substream *substream;

	snd_pcm_stream_lock_irq(substream);
	substream->ops->trigger(substream, SNDRV_PCM_TRIGGER_SUSPEND);
	snd_pcm_stream_unlock_irq(substream);
	return substream->ops->sync_stop(substream);
}

static void snd_card_stop_streams(struct snd_card *card)
{
	struct snd_pcm *pcm;
	struct snd_pcm_substream *substream;

	mutex_lock(&pcm->open_mutex);
	snd_pcm_stream_lock_irq(substream);
	substream->ops->trigger(substream, SNDRV_PCM_TRIGGER_STOP);
	snd_pcm_stream_unlock_irq(substream);
	substream->ops->sync_stop(substream);
	mutex_unlock(&pcm->open_mutex);
}

void snd_card_disconnect(struct snd_card *card)
{
	struct snd_device *dev;

	snd_card_stop_streams(card);
	dev->ops->dev_disconnect(dev);
	synchronize_irq(card->sync_irq);
	holdwait_remove_class_device(&card->card_dev);
	mutex_lock(&snd_card_mutex);
	mutex_unlock(&snd_card_mutex);
	wait_event(card->power_ref_sleep, holdwait_any);
}

void snd_card_disconnect_sync(struct snd_card *card)
{
	snd_card_disconnect(card);
	wait_event(card->remove_sleep, holdwait_any);
}

void snd_card_free_when_closed(struct snd_card *card)
{
	snd_card_disconnect(card);
}

/* Whoever closes the last file frees the card; this waits for it. */
void snd_card_free(struct snd_card *card)
{
	struct snd_device *dev;

	snd_card_disconnect(card);
	holdwait_wait_callbacks(card);
	holdwait_wait_callbacks(&card->files_list);
	dev->ops->dev_free(dev);
	card->private_free(card);
}
